import type { Issue } from './issue.js';
import type { Money } from './money.js';

/**
 * Where a channel keeps stock of its own account of the world: `store` is one of its stores (Google: store code of the Business
 * Profile), `region` an area it prices and delivers by (Google: id of a region of the account).
 */
export type PlaceKind = 'store' | 'region';

/** How goods can be collected at a store, in the channel's own words as the operator wrote them. */
export interface Pickup {
  /** `buy`, `reserve`, `ship_to_store`, `not_supported`. */
  readonly method: string;
  /** When an order can be collected: `same_day`, `next_day`, …; null: not said. */
  readonly sla: string | null;
}

/** A place of a channel and the locations of the merchant that are it. */
export interface PlaceSetup {
  readonly kind: PlaceKind;
  /** The channel's code. */
  readonly place: string;
  readonly locations: readonly string[];
  readonly pickup: Pickup | null;
}

/** What may be offered at a place; unknown stock is no availability at all and is not sent. */
export type PlaceAvailability = 'in_stock' | 'out_of_stock';

/** What one place of a channel should show for one live listing. */
export interface PlaceChange {
  readonly sku: string;
  /** The channel's own name of the listing, when it has told us. */
  readonly externalId: string | null;
  readonly kind: PlaceKind;
  /** The channel's code of the store or region. */
  readonly place: string;
  readonly action: 'upsert' | 'remove';
  /** Units that may be offered there, never below 0. Null with `remove`. */
  readonly quantity: number | null;
  /** Null with `remove`. */
  readonly availability: PlaceAvailability | null;
  /** Price at this place where it differs from the listing's; null: the listing's price is good there too. */
  readonly price: Money | null;
  readonly salePrice: Money | null;
  readonly pickup: Pickup | null;
}

/**
 * The channel's answer for one (SKU, place). `retry`: not applied, may be sent again later (Google: the product is not
 * processed yet). A change without a receipt is sent again.
 */
export type PlaceReceipt = {
  readonly sku: string;
  readonly kind: PlaceKind;
  readonly place: string;
} & (
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | { readonly outcome: 'retry'; readonly code: string; readonly againInMs?: number }
);
