import type { Issue } from '../domain/issue.js';
import type { WebPurchase } from '../domain/web-purchase.js';

/** Channels that want to learn which of their visitors bought in the merchant's own shop. Opened only when the operator said so. */
export interface ConversionPort {
  /** Largest number of purchases in a call, and the age after which the channel takes none. */
  readonly limits: { readonly purchases: number; readonly oldestMs: number };
  /** Whether the buyer came from this channel, by the marks of the purchase. Pure. */
  claims(purchase: WebPurchase): boolean;
  /**
   * Reports purchases; the same event id twice counts once at the channel. Throws ChannelError when the call as a whole failed. Nothing of a
   * purchase may be logged.
   */
  report(purchases: readonly WebPurchase[]): Promise<readonly Issue[]>;
}
