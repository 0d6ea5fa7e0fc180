import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { importSource } from '../../src/catalog/import.js';
import type { ProductStream } from '../../src/catalog/readers/reader.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { variantsBySku } from '../../src/catalog/store.js';
import { systemClock } from '../../src/clock.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import { orderCounts } from '../../src/orders/order-counts.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { placeOrders } from '../../src/orders/place.js';
import { pullOrders } from '../../src/orders/pull.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { releaseSettled } from '../../src/orders/release-reservations.js';
import { fillCatalog, productStream, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

const MARKET = 'memory-test';

onEachDatabase('orders', (open) => {
  let market: ChannelBench;
  let shop: ChannelBench;
  let desk: OrderDesk;

  beforeEach(async () => {
    market = await channelBench(memory, await open());
    shop = await channelBench(memory, market.test);
    await fillCatalog(market.test.database, smallCatalog(), systemClock);
    const { orders } = market.desk.open;
    const { sink } = shop.desk.open;
    if (!orders || !sink) throw new Error('the memory connector sells and takes orders');
    desk = {
      database: market.test.database,
      channel: MARKET,
      port: orders,
      storefront: { id: 'shop', sink, policy: 'matched' },
      buyers: testVault(),
      clock: systemClock,
      random: () => 0,
      callSucceeded: async () => undefined,
      callFailed: async () => undefined,
    };
  });
  afterEach(async () => {
    await shop.simulator.stop();
    await market.stop();
  });

  const buy = (sku: string, quantity = 1, status: 'open' | 'pending' = 'open'): string =>
    market.simulator.placeOrder?.({ lines: [{ sku, quantity, unitPrice: '19.99' }], status }) ?? '';
  const reservedOf = async (sku: string): Promise<number | undefined> =>
    (await variantsBySku(desk.database, [sku]))[0]?.stock.reserved;
  const stateOf = (id: string): Promise<unknown> =>
    desk.database.get('SELECT state, reason FROM channel_order WHERE external_id = ?', [id]);
  const shopOrders = async (): Promise<{ storeId: string; key: string }[]> => {
    const response = await fetch(`${shop.simulator.url}/_sim/state`);
    return ((await response.json()) as { shopOrders: { storeId: string; key: string }[] }).shopOrders;
  };
  const ship = (
    storeId: string,
    reference: string,
    lines: { sku: string; quantity: number }[],
  ): Promise<Response> =>
    fetch(`${shop.simulator.url}/_sim/ship`, {
      method: 'POST',
      body: JSON.stringify({
        storeId,
        shipment: {
          reference,
          carrier: 'UPS',
          trackingNumber: `1Z-${reference}`,
          shippedAt: systemClock.now(),
          lines,
        },
      }),
    });

  it('stores an order once, however often it is read, and reserves its units once', async () => {
    buy('SHIRT-S', 2);
    await pullOrders(desk);
    await desk.database.run('UPDATE channel_state SET order_cursor = NULL WHERE channel = ?', [MARKET]);
    const again = await pullOrders(desk);
    expect(again).toMatchObject({ seen: 1, created: 0 });
    expect(await orderCounts(desk.database, MARKET)).toMatchObject({ seen: 1, waiting: 1 });
    expect(await reservedOf('SHIRT-S')).toBe(2);
  });

  it('gives the variants an order touches a new sequence number, so that every channel looks at them again', async () => {
    const before = (await variantsBySku(desk.database, ['SHIRT-S']))[0]?.seq ?? 0;
    buy('SHIRT-S');
    await pullOrders(desk);
    expect((await variantsBySku(desk.database, ['SHIRT-S']))[0]?.seq).toBeGreaterThan(before);
  });

  it('keeps an order for an unknown SKU, goes on with the next one, and heals when the SKU appears', async () => {
    const unknown = buy('NOT-YET');
    const known = buy('SHIRT-S');
    await pullOrders(desk);
    await placeOrders(desk);
    expect(await stateOf(unknown)).toEqual({ state: 'waiting', reason: 'no product has the SKU NOT-YET' });
    expect(await stateOf(known)).toMatchObject({ state: 'linked' });
    const [shirt] = smallCatalog();
    if (!shirt) throw new Error('the small catalog has a shirt');
    await fillCatalog(
      desk.database,
      [
        {
          product: { ...shirt.product, id: 'late' },
          variants: [{ ...shirt.variants[0], sku: 'NOT-YET', content: {}, offer: {} }],
        },
      ],
      systemClock,
    );
    // Before any round settles the order: what is sold is not offered from the first moment.
    expect(await reservedOf('NOT-YET')).toBe(1);
    await placeOrders(desk);
    expect(await stateOf(unknown)).toMatchObject({ state: 'linked' });
    expect(await reservedOf('NOT-YET')).toBe(1);
  });

  it('reserves for an order that is not paid yet, but does not place it', async () => {
    const id = buy('SHIRT-S', 1, 'pending');
    await pullOrders(desk);
    await placeOrders(desk);
    expect(await stateOf(id)).toEqual({ state: 'waiting', reason: 'not paid yet' });
    expect(await reservedOf('SHIRT-S')).toBe(1);
    expect(await shopOrders()).toEqual([]);
  });

  it('gives units back when the buyer cancels before the order is placed', async () => {
    const id = buy('SHIRT-S', 2, 'pending');
    await pullOrders(desk);
    market.simulator.cancelOrder?.(id);
    await pullOrders(desk);
    expect(await stateOf(id)).toEqual({ state: 'refused', reason: 'cancelled at the channel' });
    expect(await reservedOf('SHIRT-S')).toBe(0);
  });

  it('places an order exactly once, even when the answer of the shop is lost', async () => {
    buy('SHIRT-S');
    await pullOrders(desk);
    shop.simulator.faults.add({ kind: 'drop-after', match: 'POST /shop-orders' });
    expect(await placeOrders(desk)).toMatchObject({ placed: 0, found: 0, failed: 1 });
    expect(await placeOrders(desk)).toMatchObject({ placed: 0, found: 1, failed: 0 });
    expect(await shopOrders()).toHaveLength(1);
    expect(await orderCounts(desk.database, MARKET)).toMatchObject({ linked: 1, waiting: 0 });
  });

  it('does not hold up other orders when one cannot be placed', async () => {
    buy('SHIRT-S');
    buy('SHIRT-M');
    await pullOrders(desk);
    shop.simulator.faults.add({ kind: 'fail', match: 'POST /shop-orders' });
    expect(await placeOrders(desk)).toMatchObject({ placed: 1, found: 0, failed: 1 });
  });

  it('finds an order in the shop whose answer was lost although the buyer has cancelled since', async () => {
    const id = buy('SHIRT-S');
    await pullOrders(desk);
    shop.simulator.faults.add({ kind: 'drop-after', match: 'POST /shop-orders' });
    await placeOrders(desk);
    market.simulator.cancelOrder?.(id);
    await pullOrders(desk);
    await placeOrders(desk);
    expect(await stateOf(id)).toEqual({
      state: 'linked',
      reason: 'cancelled at the channel after it was placed',
    });
  });

  it('announces parcels of the shop to the channel, in parts, each effective once', async () => {
    const id = buy('SHIRT-S', 3);
    await pullOrders(desk);
    await placeOrders(desk);
    const [placed] = await shopOrders();
    await ship(placed?.storeId ?? '', 'P1', [{ sku: 'SHIRT-S', quantity: 2 }]);
    await collectShipments(desk);
    market.simulator.faults.add({ kind: 'drop-after', match: '/shipments' });
    await pushShipments(desk);
    await ship(placed?.storeId ?? '', 'P2', [{ sku: 'SHIRT-S', quantity: 1 }]);
    await collectShipments(desk);
    await pushShipments(desk);
    await pushShipments(desk);
    const parcels = market.simulator
      .shipments?.()
      .map(({ orderId, reference, lines }) => ({ orderId, reference, lines }));
    expect(parcels).toEqual([
      { orderId: id, reference: 'P1', lines: [{ sku: 'SHIRT-S', quantity: 2 }] },
      { orderId: id, reference: 'P2', lines: [{ sku: 'SHIRT-S', quantity: 1 }] },
    ]);
    expect(await orderCounts(desk.database, MARKET)).toMatchObject({ trackingPushed: 2, parcelsPending: 0 });
  });

  it('never announces a parcel of an order that was cancelled', async () => {
    const id = buy('SHIRT-S');
    await pullOrders(desk);
    await placeOrders(desk);
    const [placed] = await shopOrders();
    await ship(placed?.storeId ?? '', 'P1', [{ sku: 'SHIRT-S', quantity: 1 }]);
    await collectShipments(desk);
    market.simulator.cancelOrder?.(id);
    await pullOrders(desk);
    await pushShipments(desk);
    expect(market.simulator.shipments?.()).toEqual([]);
  });

  it('lets a reservation go only after the stock was counted anew since the order was placed', async () => {
    buy('SHIRT-S', 2);
    await pullOrders(desk);
    await placeOrders(desk);
    expect(await releaseSettled(desk.database, '9999')).toBe(0);
    await setStock(desk.database, [{ sku: 'SHIRT-S', location: 'default', onHand: 3 }], {
      owner: 'shop',
      cause: 'counted',
      at: new Date(Date.now() + 1_000).toISOString(),
    });
    expect(await releaseSettled(desk.database, '9999')).toBe(1);
    expect(await reservedOf('SHIRT-S')).toBe(0);
    await desk.database.run('UPDATE channel_state SET order_cursor = NULL WHERE channel = ?', [MARKET]);
    await pullOrders(desk);
    expect(await reservedOf('SHIRT-S')).toBe(0);
  });

  it('does not take an old file read again for a new count', async () => {
    const countedAt = systemClock.now();
    buy('SHIRT-S', 2);
    await pullOrders(desk);
    await placeOrders(desk);
    const order = {
      source: { id: 'shop', role: 'primary' as const },
      actor: 'test',
      clock: systemClock,
    };
    const old = async function* (): ProductStream {
      return { ...(yield* productStream(smallCatalog())), countedAt };
    };
    await importSource(desk.database, { ...order, read: old });
    expect(await releaseSettled(desk.database, '9999')).toBe(0);
    expect(await reservedOf('SHIRT-S')).toBe(2);
  });

  it('keeps the buyer sealed: the name is nowhere in the database', async () => {
    buy('SHIRT-S');
    await pullOrders(desk);
    const tables = ['channel_order', 'order_line', 'order_buyer', 'order_event'];
    const text = JSON.stringify(
      await Promise.all(tables.map((table) => desk.database.all(`SELECT * FROM ${table}`))),
    );
    const stored = await desk.port.pull(null);
    const name = stored.orders[0]?.buyer?.name ?? '';
    expect(name).not.toBe('');
    expect(text).not.toContain(name);
  });
});
