import type { SinkPort } from '../../src/channel/store-ports.js';
import { systemClock } from '../../src/clock.js';
import type { Database } from '../../src/db/database.js';
import type { ChannelOrder, OrderLine } from '../../src/domain/order.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { settleOrders } from '../../src/orders/settle-orders.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { testVault } from '../support/test-vault.js';

export const CHANNEL = 'market';
export const EARLY = '2026-11-01T08:00:00.000Z';
export const BUYERS = testVault();

export function line(externalId: string, changes: Partial<OrderLine> = {}): OrderLine {
  return { externalId, sku: 'SHIRT-S', quantity: 1, quantityShipped: 0, quantityCancelled: 0, ...changes };
}

export function order(externalId: string, changes: Partial<ChannelOrder> = {}): ChannelOrder {
  return {
    externalId,
    status: 'open',
    fulfilledBy: 'merchant',
    placedAt: EARLY,
    updatedAt: EARLY,
    lines: [line('1')],
    raw: {},
    ...changes,
  };
}

/** Stores and settles orders as a pull does. */
export function take(database: Database, orders: readonly ChannelOrder[]): Promise<void> {
  return taken(database, orders, 'all');
}

/** The same where there is no shop: orders that can be read are taken at once. */
export function takeUnplaced(database: Database, orders: readonly ChannelOrder[]): Promise<void> {
  return taken(database, orders, null);
}

async function taken(
  database: Database,
  orders: readonly ChannelOrder[],
  placing: 'all' | null,
): Promise<void> {
  const now = systemClock.now();
  await database.transaction(async (tx) => {
    const { touched } = await storeOrders(tx, orders, { channel: CHANNEL, buyers: BUYERS, now });
    await settleOrders(tx, touched, { channel: CHANNEL, now, placing });
  });
}

/** A desk that places every order in a shop, over a channel nobody asks. */
export function deskWith(database: Database, sink: SinkPort): OrderDesk {
  return {
    database,
    channel: CHANNEL,
    port: { pull: () => Promise.reject(new Error('this channel is not asked')) },
    storefront: { id: 'shop', sink, policy: 'all' },
    buyers: BUYERS,
    clock: systemClock,
    random: () => 0,
    callSucceeded: async () => undefined,
    callFailed: async () => undefined,
  };
}
