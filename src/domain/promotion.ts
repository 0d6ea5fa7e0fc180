import type { Instant } from './instant.js';
import type { Issue } from './issue.js';
import type { Money } from './money.js';

/** What the shopper gets. `percent` is a whole number from 1 to 99. */
export type PromotionValue =
  | { readonly kind: 'percent-off'; readonly percent: number }
  | { readonly kind: 'amount-off'; readonly amount: Money }
  | { readonly kind: 'free-shipping' }
  | { readonly kind: 'free-gift'; readonly description: string; readonly value?: Money }
  | { readonly kind: 'buy-get'; readonly buy: number; readonly get: number; readonly percent: number };

/** Products a promotion is for, by what the catalog calls them. An empty filter is everything; members are joined by "and". */
export interface PromotionFilter {
  readonly skus?: readonly string[];
  readonly products?: readonly string[];
  readonly brands?: readonly string[];
  readonly types?: readonly string[];
}

/**
 * A promotion as the merchant states it, in no channel's words. `id` is the merchant's own and stays the same over changes;
 * a channel may say which ids and titles it takes.
 */
export interface Promotion {
  readonly id: string;
  /** What shoppers read: must name the concrete value (`20% off all T-shirts`). */
  readonly title: string;
  readonly value: PromotionValue;
  /** The period in which the promotion can be used. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The period in which it is shown, when it is another one. */
  readonly shownFrom?: Instant;
  readonly shownUntil?: Instant;
  /** Absent: applies by itself. */
  readonly code?: string;
  /** Absent or empty: every product. */
  readonly only?: PromotionFilter;
  readonly except?: PromotionFilter;
  readonly minimumPurchase?: Money;
  readonly minimumQuantity?: number;
  /** Redemptions per shopper or order. */
  readonly limitQuantity?: number;
  readonly limitValue?: Money;
  /** Where it is good: default online. */
  readonly redeemed?: readonly ('online' | 'in-store')[];
  /** Store codes when it is good in some stores only. */
  readonly stores?: readonly string[];
}

/** One thing to do with a promotion. `end`: it is no longer wanted; channels without a delete end it by its dates. */
export interface PromotionChange {
  readonly action: 'upsert' | 'end';
  /** As last sent for `end`. */
  readonly promotion: Promotion;
}

/** The channel's answer for one promotion, keyed by its id. */
export type PromotionReceipt =
  | { readonly id: string; readonly outcome: 'accepted' | 'ended' }
  | { readonly id: string; readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | { readonly id: string; readonly outcome: 'retry'; readonly code: string; readonly againInMs?: number };

/** What the channel made of a promotion. `limited`: shown in some places only. */
export interface PromotionStatus {
  readonly id: string;
  readonly state: 'pending' | 'live' | 'limited' | 'rejected' | 'ended';
  readonly issues: readonly Issue[];
}
