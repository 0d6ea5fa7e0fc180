import type { Connector } from '../../src/channel/connector.js';
import { feedPrice } from '../../src/channel/feed-price.js';
import { OFFER_ATTRIBUTES } from './attributes.js';
import { audit } from './audit.js';
import { canonical } from './canonical.js';
import { checkAccount } from './check.js';
import { metaClient } from './client.js';
import { openGraph } from './graph.js';
import { listingSchema } from './listing-schema.js';
import { metaListings } from './listings.js';
import { type MetaSettings, settingsSchema } from './settings.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Product catalogs of Meta (Facebook, Instagram, WhatsApp). Listings only: Meta has no order API since 2026-10-27. */
export const meta: Connector<MetaSettings> = {
  id: 'meta',
  title: 'Meta catalog',
  settingsSchema,
  listingSchema: () => Promise.resolve(listingSchema),
  audit,
  canonical,
  price: feedPrice,
  offerAttributes: OFFER_ATTRIBUTES,
  limits: {
    // Meta takes 5,000 records and 28 MB, recommends under 3,000 (items_batch reference, verified 2026-11).
    batch: { items: 2_500, bytes: 20_000_000 },
    concurrency: 1,
    // Two minutes as a rule; an hour covers bad days.
    patienceMs: 60 * MINUTE_MS,
    // An early look costs one of 20,000 calls an hour; later ones follow the age of the batch.
    settleAfterMs: 2_000,
    refreshAfterMs: null,
    coalesceMs: MINUTE_MS,
    observeEveryMs: DAY_MS,
  },
  open(settings, host) {
    const client = metaClient(settings, openGraph(settings, host));
    return {
      check: () => checkAccount(client, host.clock.now()),
      listings: metaListings(client, () => host.clock.now()),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).simulator,
};
