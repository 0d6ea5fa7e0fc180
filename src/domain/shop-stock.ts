import type { Issue } from './issue.js';

/** A location of ours as a shop knows it. */
export interface ToldLocation {
  readonly location: string;
  /** The shop's own id of it. */
  readonly inShop: string;
}

/** What a shop should show of one SKU at one of its own locations, where we and not the shop count. */
export interface ShopLevel {
  readonly sku: string;
  /** The shop's own id of the location. */
  readonly location: string;
  /** Units that may be sold there, never below 0. */
  readonly units: number;
  /** Figures of ours that may stand there: the last one told, and one whose answer was lost. Empty: we never told one. */
  readonly ours: readonly number[];
}

/**
 * The shop's answer for one (SKU, location). `changed`: somebody else set another figure since, nothing was written. `retry`: not written, may be
 * sent again later. A level without a receipt is sent again.
 */
export type ShopLevelReceipt = { readonly sku: string; readonly location: string } & (
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'changed'; readonly found: number }
  | { readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | { readonly outcome: 'retry' }
);
