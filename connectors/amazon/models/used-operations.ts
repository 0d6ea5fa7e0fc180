/** Operations we call, by the official model they stand in (file name without `.json`), with the prefix of the model's types. */
export const USED_OPERATIONS = [
  {
    model: 'listingsItems_2021-08-01',
    prefix: 'Listings',
    operations: [
      'putListingsItem',
      'patchListingsItem',
      'deleteListingsItem',
      'getListingsItem',
      'searchListingsItems',
    ],
  },
  {
    model: 'definitionsProductTypes_2020-09-01',
    prefix: 'Definitions',
    operations: ['searchDefinitionsProductTypes', 'getDefinitionsProductType'],
  },
  { model: 'catalogItems_2022-04-01', prefix: 'Catalog', operations: ['searchCatalogItems'] },
  {
    model: 'listingsRestrictions_2021-08-01',
    prefix: 'Restrictions',
    operations: ['getListingsRestrictions'],
  },
  {
    model: 'feeds_2021-06-30',
    prefix: 'Feeds',
    operations: ['createFeedDocument', 'createFeed', 'getFeed', 'getFeeds', 'cancelFeed', 'getFeedDocument'],
  },
  { model: 'productFeesV0', prefix: 'Fees', operations: ['getMyFeesEstimates'] },
  {
    model: 'productPricing_2022-05-01',
    prefix: 'Pricing',
    operations: ['getFeaturedOfferExpectedPriceBatch'],
  },
  { model: 'sellers', prefix: 'Sellers', operations: ['getMarketplaceParticipations'] },
  { model: 'orders_2026-01-01', prefix: 'Orders', operations: ['searchOrders', 'getOrder'] },
  { model: 'ordersV0', prefix: 'OrdersV0', operations: ['confirmShipment', 'updateShipmentStatus'] },
  {
    model: 'notifications',
    prefix: 'Notifications',
    operations: ['getDestinations', 'createDestination', 'getSubscription', 'createSubscription'],
  },
  { model: 'fbaInventory', prefix: 'Fba', operations: ['getInventorySummaries'] },
] as const;

/** Name of an operation we call. Each has a usage plan of its own per seller and application. */
export type Operation = (typeof USED_OPERATIONS)[number]['operations'][number];
