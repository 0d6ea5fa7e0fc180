import { feedPrice, feedRegularPrice } from '../../src/channel/feed-price.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { memoryClient } from './client.js';
import { memoryFeed } from './feed.js';
import { listingSchema, offerAttributes } from './listing-schema.js';
import { memoryListings } from './listings.js';
import { memoryOrders } from './orders.js';
import { memoryPlaces } from './places.js';
import { memoryPromotions } from './promotions.js';
import { type MemorySettings, settingsSchema } from './settings.js';
import { memorySink, memorySource } from './shop.js';
import { memorySignals } from './signals.js';

const DAY_MS = 86_400_000;

/** The shortest true connector: every port, a far side that lives in memory. Reference for new ones and stage for tests. */
export const memory: ListingConnector<MemorySettings> = {
  id: 'memory',
  title: 'Memory',
  settingsSchema,
  listingSchema: () => Promise.resolve(listingSchema),
  price: feedPrice,
  regularPrice: feedRegularPrice,
  offerAttributes,
  countsDown: true,
  limits: {
    batch: { items: 100, bytes: 1_000_000 },
    concurrency: 2,
    patienceMs: 60_000,
    settleAfterMs: 100,
    refreshAfterMs: null,
    coalesceMs: 0,
    observeEveryMs: DAY_MS,
    orderLagMs: 0,
  },
  buyerRules: { marketing: 'with-consent', buyerDays: null, orderMonths: null, source: 'ours to say' },
  open(settings, host) {
    const client = memoryClient(settings, host);
    return {
      async check() {
        await client({ method: 'GET', path: '/me' });
        return [];
      },
      listings: memoryListings(client),
      feed: memoryFeed(client),
      places: memoryPlaces(client),
      promotions: memoryPromotions(client),
      signals: memorySignals(client),
      orders: memoryOrders(client),
      source: memorySource(client),
      sink: memorySink(client),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).simulator,
};
