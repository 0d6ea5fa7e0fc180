import type { Issue } from './issue.js';
import type { Money } from './money.js';

/** Something a channel is told about an order, besides parcels. `reference` is stable: told twice it is told once. */
export type OrderMessage = {
  readonly reference: string;
  readonly orderExternalId: string;
} & (
  | { readonly kind: 'acknowledge'; readonly storeId: string }
  /** Units that will not be shipped; all open units of the order when the list covers them. */
  | {
      readonly kind: 'cancel';
      readonly reason: CancelReason;
      readonly lines: readonly CancelledLine[];
    }
  | {
      readonly kind: 'refund';
      readonly reason: RefundReason;
      readonly lines: readonly RefundedLine[];
    }
  /**
   * An order its buyer fetches: it can be fetched, was fetched, or was not and will not be kept. Without lines as a whole; with them these lines only: so
   * many units of each are with the buyer by now, or are not fetched.
   */
  | {
      readonly kind: PickupNews;
      readonly lines?: readonly { readonly lineExternalId: string; readonly quantity: number }[];
    }
);

/** How far an order is that its buyer fetches. */
export type PickupNews = 'ready' | 'picked-up' | 'not-collected';

/** Units of a line that will not be shipped, of how many that were ordered. */
export interface CancelledLine {
  readonly lineExternalId: string;
  readonly quantity: number;
  readonly ordered: number;
}

/** What may be told. */
export type OrderMessageKind = OrderMessage['kind'];

/** Why units are not shipped, in words every channel can map. */
export type CancelReason = 'no-stock' | 'buyer-asked' | 'undeliverable' | 'price-error' | 'other';

/** Why money goes back. */
export type RefundReason = 'returned' | 'not-delivered' | 'damaged' | 'cancelled' | 'goodwill' | 'other';

/** Money given back on one line. Amounts as the shop states them, tax apart where it does. */
export interface RefundedLine {
  readonly lineExternalId: string;
  /** Units given back; 0: money only. */
  readonly quantity: number;
  readonly item?: Money;
  readonly itemTax?: Money;
  readonly shipping?: Money;
  readonly shippingTax?: Money;
}

/** The channel's first answer to messages. */
export interface OrderMessageAnswer {
  /** Handle for `told` where the channel works later; null: the verdicts are all there is. */
  readonly handle: string | null;
  readonly verdicts: readonly OrderMessageVerdict[];
}

/** What became of one message. `retry`: not applied, may be told again later. */
export type OrderMessageVerdict = {
  /** Both together name a message: a reference is unique within its order only. */
  readonly orderExternalId: string;
  readonly reference: string;
} & (
  | { readonly outcome: 'accepted'; readonly issues?: readonly Issue[] }
  | { readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | { readonly outcome: 'retry'; readonly code: string; readonly againInMs?: number }
);
