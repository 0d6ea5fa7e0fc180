import type { Host, OpenChannel } from '../../src/channel/connector.js';
import { feedPrice, feedRegularPrice } from '../../src/channel/feed-price.js';
import type { Limits } from '../../src/channel/limits.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { merchantActions } from './actions.js';
import { OFFER_ROWS } from './attributes.js';
import { INSPECTION } from './audit/inspection.js';
import { auditListing } from './audit.js';
import { checkAccount } from './check.js';
import { merchantClient } from './client.js';
import { DEFAULT_DESTINATIONS, dataSource } from './data-source.js';
import { filePort } from './delivery/file-feed.js';
import { guide } from './guide.js';
import { placePort } from './inventories/places.js';
import type { LfpTarget } from './lfp/lfp-form.js';
import { canonicalListing } from './listing-form.js';
import { LISTING_SCHEMA } from './listing-schema.js';
import { listingPort } from './listings.js';
import { notificationPort } from './notifications.js';
import { productSweep } from './product-sweep.js';
import { promotionPort } from './promotions/promotions.js';
import { type GoogleSettings, marketKey, SETTINGS_SCHEMA } from './settings.js';
import { signalPort } from './signals/signals.js';
import { supplement } from './supplement/supplement-source.js';
import { updateBudget } from './update-budget.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Google advises at most 100 calls per batch and two updates of a product per day; products expire 30 days after the last
 * insert; processing takes minutes (guides for batches, quotas and products, verified 2026-11-23).
 */
const LIMITS: Limits = {
  batch: { items: 50, bytes: 5 * 1024 * 1024 },
  concurrency: 4,
  patienceMs: 6 * HOUR_MS,
  settleAfterMs: MINUTE_MS,
  // Between 20.5 and 23.5 days, so 22 on average.
  refreshAfterMs: 23.5 * DAY_MS,
  refreshSpreadMs: 3 * DAY_MS,
  coalesceMs: 15 * MINUTE_MS,
  observeEveryMs: DAY_MS,
};

/** Google Merchant Center through the Merchant API v1. */
export const googleMerchant: ListingConnector<GoogleSettings> = {
  id: 'google-merchant',
  title: 'Google Merchant Center',
  settingsSchema: SETTINGS_SCHEMA,
  guide,
  listingSchema: () => Promise.resolve(LISTING_SCHEMA),
  audit: auditListing,
  inspection: INSPECTION,
  canonical: canonicalListing,
  price: feedPrice,
  regularPrice: feedRegularPrice,
  offerAttributes: OFFER_ROWS.map((row) => row.name),
  limits: LIMITS,
  open,
  simulator: async () => (await import('./simulator/index.js')).googleSimulator,
};

function open(settings: GoogleSettings, host: Host): OpenChannel {
  const client = merchantClient(settings, host);
  const market = marketKey(settings, host.channel);
  const sender = { client, host };
  const primary = dataSource(client, settings, host);
  return {
    check: () => checkAccount(client, settings, host),
    actions: merchantActions(client, settings, host),
    notifications: notificationPort(client.account, market),
    ...(settings.delivery === 'file'
      ? { feed: filePort(client, settings, host) }
      : {
          listings: listingPort({
            client,
            dataSource: primary,
            supplement: supplement({ client, settings, host, primary }),
            market,
            host,
            budget: updateBudget(host.clock),
            sweep: productSweep(client, market, host),
          }),
        }),
    places: placePort({ ...sender, market, lfp: lfpTarget(settings, host) }),
    promotions: promotionPort(sender, {
      contentLanguage: market.contentLanguage,
      targetCountry: host.channel.country,
      destinations: settings.destinations ?? DEFAULT_DESTINATIONS,
      homepage: settings.homepage ?? null,
    }),
    signals: signalPort({
      ...sender,
      market,
      productId: settings.signalProductId ?? 'channel-language-label-id',
    }),
  };
}

/** Providers of the local feeds partnership name the merchant they send stock for. */
function lfpTarget({ lfpTargetAccount }: GoogleSettings, host: Host): LfpTarget | null {
  if (lfpTargetAccount === undefined) return null;
  return { account: lfpTargetAccount, regionCode: host.channel.country };
}
