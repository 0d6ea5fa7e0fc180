import type { Instant } from './instant.js';
import type { Issue } from './issue.js';
import type { Money } from './money.js';

/**
 * A parcel reported to a channel that learns delivery speed from it. Carries nothing of the buyer but country and postal code,
 * and those only when they are known; no connector may log it.
 */
export interface ParcelSignal {
  /** Stable over repeats: the same parcel always has the same one. */
  readonly reference: string;
  /** Where the order came from, `amazon-us`. */
  readonly soldOn: string;
  readonly orderId: string;
  readonly orderedAt: Instant;
  readonly shippedAt: Instant;
  /** When it arrived; null: not known. */
  readonly deliveredAt: Instant | null;
  /** Carrier in our words; the connector maps it. */
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly originCountry: string | null;
  readonly originPostalCode: string | null;
  readonly destinationCountry: string | null;
  readonly destinationPostalCode: string | null;
  /** What the buyer paid for shipping. */
  readonly shippingFee: Money | null;
  /** Lines of the order that are in the parcel. */
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly title: string | null;
    readonly brand: string | null;
    readonly gtin: string | null;
    readonly mpn: string | null;
  }[];
}

/** The channel's answer for one parcel, keyed by its reference. */
export type SignalReceipt =
  | { readonly reference: string; readonly outcome: 'accepted' }
  | { readonly reference: string; readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | {
      readonly reference: string;
      readonly outcome: 'retry';
      readonly code: string;
      readonly againInMs?: number;
    };
