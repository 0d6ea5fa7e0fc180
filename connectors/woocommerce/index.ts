import type { Connector } from '../../src/channel/connector.js';
import { checkShop } from './check.js';
import { wooClient } from './client.js';
import { guide } from './guide.js';
import { wooNews } from './hook-news.js';
import { settingsSchema, type WooSettings } from './settings.js';
import { askedOnce, readFacts } from './shop-facts.js';
import { removeLeftoverDrafts } from './sink/leftover-drafts.js';
import { orderReader } from './sink/read-orders.js';
import { wooSink } from './sink/sink.js';
import { wooSource } from './source/source.js';

/** WooCommerce, the merchant's own shop: products and stock out of it, channel orders into it, parcels and refunds back. REST `wc/v3`. */
export const woocommerce: Connector<WooSettings> = {
  id: 'woocommerce',
  title: 'WooCommerce',
  settingsSchema,
  guide,
  open(settings, host) {
    const client = wooClient(settings, host);
    const work = { client, settings, host, facts: askedOnce(() => readFacts(client)) };
    const reader = orderReader(work);
    return {
      check: () => checkShop(work),
      source: wooSource(work),
      sink: wooSink(work, reader),
      shopNews: wooNews(settings),
      actions: { 'remove-leftover-drafts': removeLeftoverDrafts(work, reader) },
    };
  },
  simulator: async () => (await import('./simulator/index.js')).wooSimulator,
};
