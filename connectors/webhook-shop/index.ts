import type { Connector } from '../../src/channel/connector.js';
import { checkShop } from './check.js';
import { shopClient } from './client.js';
import { guide } from './guide.js';
import { shopNews } from './news.js';
import { settingsSchema, type WebhookShopSettings } from './settings.js';
import { webhookSink } from './sink.js';

/** A shop of any kind that takes orders at an address of its own, in our words: for shops no connector is made for. */
export const webhookShop: Connector<WebhookShopSettings> = {
  id: 'webhook-shop',
  title: 'Shop by webhook',
  settingsSchema,
  guide,
  open(settings, host) {
    const client = shopClient(settings, host);
    return {
      check: () => checkShop(client, settings),
      sink: webhookSink(client, settings),
      shopNews: shopNews(settings),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).webhookShopSimulator,
};
