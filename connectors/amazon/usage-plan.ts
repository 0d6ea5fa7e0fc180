import type { BucketSpec } from '../../src/channel/throttle.js';
import type { Operation } from './models/used-operations.js';

/** Share of a rate we use, so that the seller's other tools are not starved. */
export const USED_SHARE = 0.9;

/** Documented calls per second and burst of each operation, per seller and application. */
const DOCUMENTED: Readonly<Record<Operation, readonly [perSecond: number, burst: number]>> = {
  putListingsItem: [5, 5],
  patchListingsItem: [5, 5],
  deleteListingsItem: [5, 5],
  getListingsItem: [5, 5],
  searchListingsItems: [5, 5],
  searchDefinitionsProductTypes: [5, 5],
  getDefinitionsProductType: [5, 5],
  searchCatalogItems: [2, 2],
  getListingsRestrictions: [5, 10],
  createFeedDocument: [0.5, 15],
  createFeed: [0.0083, 15],
  getFeed: [2, 15],
  cancelFeed: [2, 15],
  getFeeds: [0.0222, 10],
  getFeedDocument: [0.0222, 10],
  getMyFeesEstimates: [0.5, 1],
  getFeaturedOfferExpectedPriceBatch: [0.033, 1],
  getMarketplaceParticipations: [0.016, 15],
  searchOrders: [0.0056, 20],
  getOrder: [0.5, 30],
  confirmShipment: [2, 10],
  updateShipmentStatus: [5, 15],
  getDestinations: [1, 5],
  createDestination: [1, 5],
  getSubscription: [1, 5],
  createSubscription: [1, 5],
  getInventorySummaries: [2, 2],
};

/**
 * Usage plans to start with, taken at 90 % of the documented rate; afterwards the plan follows the header
 * `x-amzn-RateLimit-Limit`, because many sellers have other rates than the documented ones.
 * Source: "Usage plan" of each operation in the models of 2026-08-05, the lower burst where page and model differ; verified 2026-11.
 */
export const USAGE_PLANS = Object.fromEntries(
  Object.entries(DOCUMENTED).map(([operation, [perSecond, burst]]) => [
    operation,
    { perSecond: perSecond * USED_SHARE, burst },
  ]),
) as Readonly<Record<Operation, BucketSpec>>;

/**
 * Feeds of the type JSON_LISTINGS_FEED, besides the plan of `createFeed`: five in five minutes per region, and in the long run not more than
 * one in twenty minutes, for Amazon works them off one after the other. A burst of five starts a first load of up to 125,000 listings.
 * Source: developer-docs.amazon/sp-api, "Building Listings Management Workflows Guide" and "Feeds API best practices"; verified 2026-11.
 */
export const LISTINGS_FEED_PLAN: BucketSpec = { perSecond: 1 / (20 * 60), burst: 5 };

/** The rate in the header of an answer (calls per second), or nothing when the header is missing or unusable. */
export function rateOf(header: string | undefined): number | null {
  const rate = header === undefined ? Number.NaN : Number(header);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}
