import type { Host } from '../../src/channel/connector.js';
import { feedPrice, feedRegularPrice } from '../../src/channel/feed-price.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { metaActions } from './actions.js';
import { OFFER_ATTRIBUTES } from './attributes.js';
import { INSPECTION } from './audit/inspection.js';
import { LABELS } from './audit/since-last-file.js';
import { audit } from './audit.js';
import { LARGEST_PART } from './batch-parts.js';
import { canonical } from './canonical.js';
import { checkAccount } from './check.js';
import { metaClient } from './client.js';
import { metaConversions } from './conversions.js';
import { GRAPH_FAULT } from './failures.js';
import { feedName } from './feed/feed-account.js';
import { type FeedClient, feedClient } from './feed/feed-client.js';
import { feedPort } from './feed/feed-port.js';
import { openGraph } from './graph.js';
import { guide } from './guide.js';
import { listingSchema } from './listing-schema.js';
import { metaListings } from './listings.js';
import { metaPlaces } from './places.js';
import type { ProductSet } from './product-set-settings.js';
import { ensureProductSets } from './product-sets.js';
import { renewToken } from './renew-token.js';
import { type MetaSettings, settingsSchema } from './settings.js';
import { metaTokens } from './tokens.js';

const MINUTE_MS = 60_000;
/** An hour covers bad days. */
const SLOWEST_BATCH_MS = 60 * MINUTE_MS;
/** Two minutes as a rule (items_batch reference, verified 2026-11), with room. */
const USUAL_BATCH_MS = 5 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** Product catalogs of Meta (Facebook, Instagram, WhatsApp). Listings only: Meta has no order API since 2026-10-27. */
export const meta: ListingConnector<MetaSettings> = {
  id: 'meta',
  title: 'Meta catalog',
  settingsSchema,
  guide,
  listingSchema: () => Promise.resolve(listingSchema),
  audit,
  inspection: INSPECTION,
  canonical,
  price: feedPrice,
  regularPrice: feedRegularPrice,
  offerAttributes: OFFER_ATTRIBUTES,
  reviewedAttributes: LABELS,
  limits: {
    // Meta takes 5,000 records and 28 MB, recommends under 3,000 (items_batch reference, verified 2026-11).
    batch: { items: LARGEST_PART.records, bytes: 20_000_000 },
    concurrency: 1,
    patienceMs: SLOWEST_BATCH_MS,
    // Meta promises no order between two batches, and nothing tells whether one whose answer was lost is under way: it may take as long as any.
    quietMs: SLOWEST_BATCH_MS,
    repeatAfter: { codes: [GRAPH_FAULT], ms: USUAL_BATCH_MS },
    settleAfterMs: 30_000,
    refreshAfterMs: null,
    coalesceMs: MINUTE_MS,
    observeEveryMs: DAY_MS,
    // Deleting throws away what ads have learned: more than a tenth at once needs a person, and so does a price that jumps by half.
    guard: { removalShare: 0.1, priceRise: 0.5 },
  },
  open(settings, host) {
    const tokens = metaTokens(settings, host);
    const graph = openGraph(settings, host, tokens);
    const client = metaClient(settings, graph);
    const feeds = feedClient(settings, graph, host);
    const { feed, productSets = [] } = settings;
    const ownFeed = feed && feedName(feed, host.channel);
    const now = (): Instant => host.clock.now();
    return {
      check: () => {
        const { versionWarning } = graph;
        const renew = (facts: JsonObject) => renewToken(facts, { settings, graph, tokens, host });
        return checkAccount({ client, settings, ownFeed, versionWarning, now: now(), renew });
      },
      actions: metaActions(client),
      // A supplementary file adds to items of somebody else; sending those items would make them ours.
      ...(feed?.supplements === undefined
        ? {
            listings: metaListings({
              client,
              places: settings.overrides ?? [],
              ownFeed,
              daily: () => productSetsInOrder(feeds, productSets, host),
              now,
            }),
          }
        : {}),
      ...(feed === undefined ? {} : { feed: feedPort(feed, feeds, host) }),
      ...(settings.conversions === undefined
        ? {}
        : { conversions: metaConversions(settings.conversions, graph) }),
      ...(settings.localInventory === true ? { places: metaPlaces(feeds, host.channel) } : {}),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).simulator,
};

/** A filter Meta refuses is no reason to stop reading back; every other failure is. */
async function productSetsInOrder(
  feeds: FeedClient,
  wanted: readonly ProductSet[],
  host: Host,
): Promise<void> {
  try {
    await ensureProductSets(feeds, wanted);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    host.log.warn({ channel: host.channel.id, code: error.code }, `product sets: ${error.message}`);
  }
}
