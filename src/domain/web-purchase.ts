import type { Instant } from './instant.js';
import type { Money } from './money.js';

/** What is known of the buyer, each value as the SHA-256 (lower-case hex) of its normalised text. Plain values are nowhere. */
export interface HashedBuyer {
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly country?: string;
  readonly buyerId?: string;
}

/** A purchase in the merchant's own shop, as far as a channel that brought the buyer may learn of it. */
export interface WebPurchase {
  /** The shop's order number. */
  readonly orderId: string;
  /** The same on the shop's page, so that the channel counts the purchase once. */
  readonly eventId: string;
  readonly placedAt: Instant;
  readonly total: Money;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitPrice: Money }[];
  /** Parameters the buyer arrived with: click ids, origin, campaign. */
  readonly marks: Readonly<Record<string, string>>;
  readonly buyer: HashedBuyer;
  /** Page of the purchase, without its query. */
  readonly page: string | null;
  readonly userAgent: string | null;
  readonly address: string | null;
}
