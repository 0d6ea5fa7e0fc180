/** A usage plan: refill per second and capacity. */
export interface Plan {
  readonly perSecond: number;
  readonly burst: number;
}

/** What the documentation grants every seller. */
const DOCUMENTED: Readonly<Record<string, Plan>> = {
  putListingsItem: { perSecond: 5, burst: 10 },
  patchListingsItem: { perSecond: 5, burst: 5 },
  deleteListingsItem: { perSecond: 5, burst: 5 },
  getListingsItem: { perSecond: 5, burst: 10 },
  searchListingsItems: { perSecond: 5, burst: 5 },
  searchDefinitionsProductTypes: { perSecond: 5, burst: 10 },
  getDefinitionsProductType: { perSecond: 5, burst: 10 },
  getListingsRestrictions: { perSecond: 5, burst: 10 },
  searchCatalogItems: { perSecond: 2, burst: 2 },
  searchOrders: { perSecond: 0.0056, burst: 20 },
  getOrder: { perSecond: 0.5, burst: 30 },
  confirmShipment: { perSecond: 2, burst: 10 },
  updateShipmentStatus: { perSecond: 5, burst: 15 },
  createFeedDocument: { perSecond: 0.5, burst: 15 },
  createFeed: { perSecond: 0.0083, burst: 15 },
  'createFeed JSON_LISTINGS_FEED': { perSecond: 5 / 300, burst: 5 },
  'createFeed POST_ORDER_ACKNOWLEDGEMENT_DATA': { perSecond: 0.0083, burst: 15 },
  'createFeed POST_PAYMENT_ADJUSTMENT_DATA': { perSecond: 0.0083, burst: 15 },
  getFeed: { perSecond: 2, burst: 15 },
  cancelFeed: { perSecond: 2, burst: 15 },
  getFeeds: { perSecond: 0.0222, burst: 10 },
  getFeedDocument: { perSecond: 0.0222, burst: 10 },
  getMyFeesEstimates: { perSecond: 0.5, burst: 1 },
  getFeaturedOfferExpectedPriceBatch: { perSecond: 0.033, burst: 1 },
  getMarketplaceParticipations: { perSecond: 0.016, burst: 15 },
  getDestinations: { perSecond: 1, burst: 5 },
  createDestination: { perSecond: 1, burst: 5 },
  getSubscription: { perSecond: 1, burst: 5 },
  createSubscription: { perSecond: 1, burst: 5 },
};

/** Plans of a seller with much business; Amazon raises rates with it. The default, so that trying out does not take hours. */
const GROWN: Readonly<Record<string, Plan>> = {
  putListingsItem: { perSecond: 100, burst: 100 },
  patchListingsItem: { perSecond: 200, burst: 200 },
  deleteListingsItem: { perSecond: 100, burst: 100 },
  getListingsItem: { perSecond: 100, burst: 100 },
  searchListingsItems: { perSecond: 100, burst: 100 },
  searchDefinitionsProductTypes: { perSecond: 50, burst: 100 },
  getDefinitionsProductType: { perSecond: 50, burst: 100 },
  getListingsRestrictions: { perSecond: 50, burst: 100 },
  searchCatalogItems: { perSecond: 50, burst: 50 },
  searchOrders: { perSecond: 5, burst: 20 },
  getOrder: { perSecond: 20, burst: 30 },
  confirmShipment: { perSecond: 50, burst: 50 },
  updateShipmentStatus: { perSecond: 50, burst: 50 },
  createFeedDocument: { perSecond: 10, burst: 15 },
  createFeed: { perSecond: 1, burst: 15 },
  'createFeed JSON_LISTINGS_FEED': { perSecond: 1, burst: 15 },
  'createFeed POST_ORDER_ACKNOWLEDGEMENT_DATA': { perSecond: 1, burst: 15 },
  'createFeed POST_PAYMENT_ADJUSTMENT_DATA': { perSecond: 1, burst: 15 },
  getFeed: { perSecond: 20, burst: 20 },
  cancelFeed: { perSecond: 20, burst: 20 },
  getFeeds: { perSecond: 1, burst: 10 },
  getFeedDocument: { perSecond: 1, burst: 10 },
  getMyFeesEstimates: { perSecond: 10, burst: 10 },
  getFeaturedOfferExpectedPriceBatch: { perSecond: 5, burst: 5 },
  getMarketplaceParticipations: { perSecond: 1, burst: 15 },
  getDestinations: { perSecond: 10, burst: 20 },
  createDestination: { perSecond: 10, burst: 20 },
  getSubscription: { perSecond: 10, burst: 20 },
  createSubscription: { perSecond: 10, burst: 20 },
};

/** Token buckets per operation. */
export interface Usage {
  /** Takes one call; false: above the plan. */
  take(operation: string): boolean;
  /** The rate told in `x-amzn-RateLimit-Limit`. */
  rate(operation: string): string;
  /** Gives every operation the plan of the documentation. */
  takeDocumented(): void;
  set(operation: string, plan: Plan): void;
}

/** Buckets on the machine's clock, all full. */
export function usage(): Usage {
  let plans: Record<string, Plan> = { ...GROWN };
  const buckets = new Map<string, { tokens: number; at: number }>();
  const planOf = (operation: string): Plan => plans[operation] ?? { perSecond: 1, burst: 1 };
  return {
    take(operation) {
      const plan = planOf(operation);
      const now = Date.now();
      const bucket = buckets.get(operation) ?? { tokens: plan.burst, at: now };
      const tokens = Math.min(plan.burst, bucket.tokens + ((now - bucket.at) / 1_000) * plan.perSecond);
      buckets.set(operation, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1;
    },
    rate: (operation) => String(planOf(operation).perSecond),
    takeDocumented() {
      plans = { ...DOCUMENTED };
      buckets.clear();
    },
    set(operation, plan) {
      plans[operation] = plan;
      buckets.delete(operation);
    },
  };
}
