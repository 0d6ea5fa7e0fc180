import type { Connector } from '../../src/channel/connector.js';
import { checkShop } from './check.js';
import { wooClient } from './client.js';
import { wooNews } from './hook-news.js';
import { settingsSchema, type WooSettings } from './settings.js';
import { askedOnce, readFacts } from './shop-facts.js';
import { wooSink } from './sink/sink.js';
import { wooSource } from './source/source.js';

/** WooCommerce, the merchant's own shop: products and stock out of it, channel orders into it, parcels and refunds back. REST `wc/v3`. */
export const woocommerce: Connector<WooSettings> = {
  id: 'woocommerce',
  title: 'WooCommerce',
  settingsSchema,
  open(settings, host) {
    const client = wooClient(settings, host);
    const work = { client, settings, host, facts: askedOnce(() => readFacts(client)) };
    return {
      check: () => checkShop(work),
      source: wooSource(work),
      sink: wooSink(work),
      shopNews: wooNews(settings),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).wooSimulator,
};
