import type { Connector } from '../../src/channel/connector.js';
import { checkShop } from './check.js';
import { vendureClient } from './client.js';
import { guide } from './guide.js';
import { prepareShop } from './prepare-shop.js';
import { settingsSchema, type VendureSettings } from './settings.js';
import { vendureSink } from './sink/sink.js';
import { vendureSource } from './source/source.js';

/** A Vendure shop (3.6 and later): products and stock come from it, marketplace orders are placed in it. */
export const vendure: Connector<VendureSettings> = {
  id: 'vendure',
  title: 'Vendure',
  settingsSchema,
  guide,
  open(settings, host) {
    const client = vendureClient(settings, host);
    return {
      check: () => checkShop(client, host.channel),
      source: vendureSource(client, settings),
      sink: vendureSink(client, settings),
      actions: { 'prepare-shop': prepareShop(client) },
    };
  },
};
