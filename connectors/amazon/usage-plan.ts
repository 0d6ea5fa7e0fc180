import type { BucketSpec } from '../../src/channel/throttle.js';

/** Operations we call; each has a usage plan of its own per seller and application. */
export type Operation =
  | 'putListingsItem'
  | 'patchListingsItem'
  | 'deleteListingsItem'
  | 'getListingsItem'
  | 'searchListingsItems'
  | 'searchOrders'
  | 'getOrder'
  | 'confirmShipment'
  | 'getMarketplaceParticipations';

/**
 * Usage plans to start with, taken at 90 % of the documented rate; afterwards the plan follows the header
 * `x-amzn-RateLimit-Limit`, because many sellers have other rates than the documented ones.
 * Source: "Usage plan" of each operation in the models of 2026-08-05, the lower burst where page and model differ; verified 2026-11.
 */
export const USAGE_PLANS: Readonly<Record<Operation, BucketSpec>> = {
  putListingsItem: { perSecond: 4.5, burst: 5 },
  patchListingsItem: { perSecond: 4.5, burst: 5 },
  deleteListingsItem: { perSecond: 4.5, burst: 5 },
  getListingsItem: { perSecond: 4.5, burst: 5 },
  searchListingsItems: { perSecond: 4.5, burst: 5 },
  searchOrders: { perSecond: 0.005, burst: 20 },
  getOrder: { perSecond: 0.45, burst: 30 },
  confirmShipment: { perSecond: 1.8, burst: 10 },
  getMarketplaceParticipations: { perSecond: 0.0144, burst: 15 },
};

/** Share of a rate we use, so that the seller's other tools are not starved. */
export const USED_SHARE = 0.9;

/** The rate in the header of an answer (calls per second), or nothing when the header is missing or unusable. */
export function rateOf(header: string | undefined): number | null {
  const rate = header === undefined ? Number.NaN : Number(header);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}
