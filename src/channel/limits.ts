import type { BulkLimits } from './bulk-limits.js';

/** What the engine must respect; read by plan, apply and step. */
export interface Limits {
  /** Largest batch handed to `submit`. */
  readonly batch: { readonly items: number; readonly bytes: number };
  /** Submissions that may be under way at once on one channel. */
  readonly concurrency: number;
  /** How long a submission may stay without a verdict: well above the channel's worst processing time. */
  readonly patienceMs: number;
  /**
   * After a lost answer no newer values of a listing are sent for this long: the channel may still be working on the first call and keeps no
   * order between two. Absent: the ordinary back-off, for channels where the later call wins.
   */
  readonly quietMs?: number;
  /**
   * After a fault the channel itself owns up to (its codes), the same values are sent again after this long: the call was most probably not taken,
   * and of two equal ones it does not matter which comes last. Absent: they wait for `quietMs` too, as they do after any other lost answer.
   */
  readonly repeatAfter?: { readonly codes: readonly string[]; readonly ms: number };
  /** First look for a verdict after a submission. */
  readonly settleAfterMs: number;
  /** Unchanged listings are sent again after this long, before the channel expires them; null: never. */
  readonly refreshAfterMs: number | null;
  /** Refreshes are spread over this long before `refreshAfterMs`, so that a first load does not come back as one wave. Absent: a tenth of it. */
  readonly refreshSpreadMs?: number;
  /** Changes are gathered this long before they are sent; stock falling to zero does not wait. */
  readonly coalesceMs: number;
  /**
   * How long after it was sent a listing that became live is looked at again (`ListingPort.look`), shortest first: what the channel
   * finds later must not wait for the daily read-back. Absent: it is not.
   */
  readonly lookAgainMs?: readonly number[];
  /** How often everything is read back; null: the channel cannot be read back. */
  readonly observeEveryMs: number | null;
  /**
   * How much may change without a person, where the channel's own advice is stricter than the house: shares of one (removals of the known
   * listings, falls and rises of a price). The operator's `guard` of the channel wins.
   */
  readonly guard?: {
    readonly removalShare?: number;
    readonly priceFall?: number;
    readonly priceRise?: number;
  };
  /**
   * How long after it was placed an order is told at the latest, in ms. Strict stock waits for it before a unit goes to another channel. Absent: five
   * minutes.
   */
  readonly orderLagMs?: number;
  /** The lane for loads, of channels whose `ListingPort` has one. */
  readonly bulk?: BulkLimits;
}
