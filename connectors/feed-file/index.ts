import { feedPrice, feedRegularPrice } from '../../src/channel/feed-price.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { auditListing } from './audit.js';
import { canonical } from './canonical.js';
import { checkFolder } from './check.js';
import { feedPort } from './feed.js';
import { guide } from './guide.js';
import { listingSchemaOf } from './listing-schema.js';
import { type FeedFileSettings, settingsSchema } from './settings.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A product file for any channel that fetches one. */
export const feedFileConnector: ListingConnector<FeedFileSettings> = {
  id: 'feed-file',
  title: 'Feed file',
  settingsSchema,
  guide,
  listingSchema: (settings) => Promise.resolve(listingSchemaOf(settings.format)),
  canonical,
  audit: auditListing,
  price: feedPrice,
  regularPrice: feedRegularPrice,
  offerAttributes: [
    'price',
    'sale_price',
    'sale_price_effective_date',
    'availability',
    'availability_date',
    'quantity_to_sell_on_facebook',
  ],
  limits: {
    batch: { items: 1_000, bytes: 8_000_000 },
    concurrency: 1,
    patienceMs: 30 * MINUTE_MS,
    settleAfterMs: MINUTE_MS,
    // Google drops items of a file that was not fetched for 30 days, Pinterest pauses unchanged ones after 90: a daily file is neither.
    refreshAfterMs: DAY_MS,
    coalesceMs: 5 * MINUTE_MS,
    observeEveryMs: null,
  },
  open: (settings, host) => ({
    check: () => checkFolder(settings.path),
    feed: feedPort(settings, host),
  }),
  simulator: async () => (await import('./simulator/index.js')).simulator,
};
