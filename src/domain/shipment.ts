import type { Instant } from './instant.js';
import type { Issue } from './issue.js';

/** A parcel to be announced to a channel. `reference` is stable: sent twice it is an edit, not a second parcel. */
export interface ShipmentNotice {
  readonly orderExternalId: string;
  readonly reference: string;
  /** Carrier in our words; the connector maps it and says so when it cannot. */
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl?: string;
  readonly shippedAt: Instant;
  readonly lines: readonly { readonly lineExternalId: string; readonly quantity: number }[];
}

/** The channel's answer for one parcel, keyed by its reference. */
export type ShipmentReceipt =
  | { readonly reference: string; readonly outcome: 'accepted' }
  | { readonly reference: string; readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | {
      readonly reference: string;
      readonly outcome: 'retry';
      readonly againInMs?: number;
      readonly code: string;
    };
