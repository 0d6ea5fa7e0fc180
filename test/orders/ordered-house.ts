import { randomUUID } from 'node:crypto';
import { memory } from '../../connectors/memory/index.js';
import { type MemoryStore, memoryStore } from '../../connectors/memory/store/memory-store.js';
import { buy } from '../../connectors/memory/store/store-orders.js';
import { shipFromShop } from '../../connectors/memory/store/store-shop.js';
import type { SinkPort } from '../../src/channel/store-ports.js';
import type { Database } from '../../src/db/database.js';
import { cancelInShop } from '../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { placeOrders } from '../../src/orders/place.js';
import { pullOrders } from '../../src/orders/pull.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { refundInShop } from '../../src/orders/refund-in-shop.js';
import { tellChannel } from '../../src/orders/tell-channel.js';
import { testHost } from '../connectors/memory/support.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import { testVault } from '../support/test-vault.js';

export const CHANNEL = 'market';

/** Thrown where a process dies: nobody in the engine expects it. */
export class Killed extends Error {}

/** A market and a shop in this process, and one order of three shirts that is placed. */
export interface House {
  readonly desk: OrderDesk;
  readonly clock: HandClock;
  readonly market: MemoryStore;
  readonly shop: MemoryStore;
  /** The channel's ids of the order and of its only line. */
  readonly id: string;
  readonly line: string;
  readonly storeId: string;
}

/** `change` stands between us and the shop. */
export async function orderedHouse(
  database: Database,
  change: (sink: SinkPort) => SinkPort = (sink) => sink,
): Promise<House> {
  const clock = handClock();
  await fillCatalog(database, smallCatalog(), clock);
  const names = { market: randomUUID(), shop: randomUUID() };
  const [market, shop] = [memoryStore(names.market), memoryStore(names.shop)];
  const { orders } = memory.open({ store: names.market }, testHost());
  const { sink } = memory.open({ store: names.shop }, testHost());
  if (!orders || !sink) throw new Error('the memory connector sells and takes orders');
  const desk: OrderDesk = {
    database,
    channel: CHANNEL,
    port: orders,
    storefront: { id: 'shop', sink: change(sink), policy: 'matched', sources: ['shop-source'] },
    buyers: testVault(),
    clock,
    random: () => 0,
    callSucceeded: async () => undefined,
    callFailed: async () => undefined,
  };
  const id = buy(market, { currency: 'USD', lines: [{ sku: 'SHIRT-S', quantity: 3, unitMinor: 1_999 }] });
  await pullOrders(desk);
  await placeOrders(desk);
  const [placed] = shop.shopOrders.values();
  if (!placed) throw new Error('nothing was placed');
  return { desk, clock, market, shop, id, line: `${id}-1`, storeId: placed.storeId };
}

/** The same order after it has left. */
export async function shippedHouse(
  database: Database,
  change?: (sink: SinkPort) => SinkPort,
): Promise<House> {
  const made = await orderedHouse(database, change);
  const { shop, storeId, line, clock } = made;
  const lines = [{ lineExternalId: line, sku: 'SHIRT-S', quantity: 3 }];
  const parcel = { reference: 'P', carrier: 'UPS', trackingNumber: '1Z', shippedAt: clock.now(), lines };
  shipFromShop(shop, storeId, parcel);
  await round(made);
  return made;
}

/** What the jobs do, more than an hour on; who dies is started again. */
export async function round({ desk, clock }: House): Promise<void> {
  clock.advance(3_700_000);
  for (const job of [pullOrders, cancelInShop, refundInShop, collectShipments, pushShipments, tellChannel])
    await job(desk).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
}

/** Several rounds. */
export async function rounds(made: House, count = 3): Promise<void> {
  for (let n = 0; n < count; n++) await round(made);
}
