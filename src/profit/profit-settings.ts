import type { Money } from '../domain/money.js';

/** What the configuration says about money on one channel (`profit:`). */
export interface ProfitSettings {
  /** `gross`: the prices of the channel contain tax, `taxPercent` of the net price; `net`: they contain none. */
  readonly prices: 'gross' | 'net';
  /** 0 for net prices. */
  readonly taxPercent: number;
  /** What sending one unit costs the merchant; null: the fee file says it, or nobody does. */
  readonly shipping: Money | null;
  /** Absolute path of the fee file; null: there is none. */
  readonly fees: string | null;
  /** Listings are also compared with the offers of others by themselves, where the channel tells. */
  readonly competition: boolean;
}
