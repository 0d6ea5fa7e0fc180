import type { Connector } from '../../src/channel/connector.js';
import { OperatorError } from '../../src/domain/errors.js';
import { checkShop } from './check.js';
import { adminClient } from './client.js';
import { guide } from './guide.js';
import { shopifyNews } from './hook-news.js';
import { type ShopifySettings, settingsSchema } from './settings.js';
import { shopifySink } from './sink.js';
import { shopifySource } from './source.js';
import { stockKeeper } from './stock-keeper.js';

/** Shopify, the merchant's own shop: products and stock out of it, channel orders into it, parcels and refunds back. Admin GraphQL. */
export const shopify: Connector<ShopifySettings> = {
  id: 'shopify',
  title: 'Shopify',
  settingsSchema,
  guide,
  isToldStock: (settings) => settings.stockOwner === 'omnifeed',
  open(settings, host) {
    const work = { client: adminClient(settings, host), settings, host };
    return {
      check: () => checkShop(work),
      source: shopifySource(work),
      sink: shopifySink(work),
      shopNews: shopifyNews(settings),
      ...(settings.stockOwner === 'omnifeed' ? { stockKeeper: stockKeeper(work) } : {}),
    };
  },
  simulator: async () => {
    try {
      return (await import('./simulator/index.js')).shopifySimulator;
    } catch (error) {
      if (!(error instanceof Error) || !/graphql/.test(error.message)) throw error;
      throw new OperatorError(
        'graphql_missing',
        'The simulated shop executes GraphQL and needs the package graphql, which is not installed',
        'Install it beside Omnifeed: npm install graphql@16',
        error,
      );
    }
  },
};
