import type { BrowserContext } from 'playwright-core';
import { memory } from '../../../connectors/memory/index.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { OrderDesk } from '../../../src/orders/order-desk.js';
import { placeOrders } from '../../../src/orders/place.js';
import { pullOrders } from '../../../src/orders/pull.js';
import { pushShipments } from '../../../src/orders/push-shipments.js';
import { tellChannel } from '../../../src/orders/tell-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ServedHouse, serveHouse } from '../../support/served-house.js';

/** A house with a channel that sells and a shop, both simulated, and what a round of its jobs does. */
export interface OrderHouse {
  readonly house: ServedHouse;
  readonly market: RunningSimulator;
  /** Orders the shop holds. */
  shopOrders(): Promise<readonly { readonly storeId: string }[]>;
  /** Pulls, places, announces, tells. */
  round(): Promise<void>;
  /** Signs a browser in as somebody of this role. */
  signIn(context: BrowserContext, role?: 'operator' | 'viewer'): Promise<void>;
  close(): Promise<void>;
}

/** Opens it on loopback addresses, on a fresh database. */
export async function openOrderHouse(): Promise<OrderHouse> {
  const start = await memory.simulator?.();
  if (!start) throw new Error('the memory channel has a simulator');
  const [market, shop] = await Promise.all([
    start.start({ port: 0, processingMs: 0 }),
    start.start({ port: 0, processingMs: 0 }),
  ]);
  const channels = {
    market: {
      connector: 'memory',
      ...market.market,
      settings: market.settings,
      orders: { placeIn: 'shop', policy: 'matched' },
      profit: { prices: 'net', shipping: 0 },
    },
    shop: { connector: 'memory', ...shop.market, settings: shop.settings },
  };
  const house = await serveHouse(`channels: ${JSON.stringify(channels)}\n`);
  const { app } = house;
  await fillCatalog(app.database, smallCatalog(), app.clock);
  const desk = (await app.orderDesk('market')) as OrderDesk;
  return {
    house,
    market,
    async shopOrders() {
      const state = await (await fetch(`${shop.url}/_sim/state`)).json();
      return (state as { readonly shopOrders: readonly { readonly storeId: string }[] }).shopOrders;
    },
    async round() {
      house.clock.move(60_000);
      await pullOrders(desk);
      await placeOrders(desk);
      await pushShipments(desk);
      await tellChannel(desk);
    },
    async signIn(context, role = 'operator') {
      const { headers } = await house.visitor(role, true);
      const [name = '', value = ''] = (headers.cookie ?? '').split('=');
      await context.addCookies([{ name, value, url: house.url }]);
    },
    async close() {
      await house.close();
      await Promise.all([market.stop(), shop.stop()]);
    },
  };
}
