import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variantsBySku } from '../../src/catalog/store.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { systemClock } from '../../src/clock.js';
import { orderCounts } from '../../src/orders/order-counts.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { pullOrders } from '../../src/orders/pull.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { recordShipment } from '../../src/orders/record-shipment.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

/** What every connector that sells must do, checked against its own simulator. */
export function describeOrders(connector: ListingConnector): void {
  describe(`${connector.id}: orders`, () => {
    let bench: ChannelBench;
    let desk: OrderDesk;
    beforeEach(async () => {
      bench = await channelBench(connector, await sqliteDatabase());
      await fillCatalog(bench.test.database, smallCatalog(), systemClock);
      await syncUntilSettled(bench.desk, { deadlineMs: 15_000, atOnce: true });
      const { orders } = bench.desk.open;
      if (!orders) throw new Error(`${connector.id} has no orders port`);
      desk = {
        database: bench.test.database,
        channel: bench.desk.kit.channel.id,
        port: orders,
        storefront: null,
        buyers: testVault(),
        clock: systemClock,
        random: () => 0,
        callSucceeded: async () => undefined,
        callFailed: async () => undefined,
      };
    });
    afterEach(() => bench.stop());

    const buy = (quantity: number): string =>
      bench.simulator.placeOrder?.({ lines: [{ sku: 'SHIRT-S', quantity, unitPrice: '19.99' }] }) ?? '';
    const record = (order: string, reference: string, quantity: number): Promise<string> =>
      desk.database.transaction((tx) =>
        recordShipment(
          tx,
          { channel: desk.channel, externalId: order, now: systemClock.now() },
          {
            reference,
            carrier: 'UPS',
            trackingNumber: `1Z${reference}`,
            shippedAt: systemClock.now(),
            lines: [{ sku: 'SHIRT-S', quantity }],
          },
        ),
      );

    it('stores an order once, however often its page is read', async () => {
      buy(2);
      await pullOrders(desk);
      await desk.database.run('UPDATE channel_state SET order_cursor = NULL WHERE channel = ?', [
        desk.channel,
      ]);
      await pullOrders(desk);
      expect(await orderCounts(desk.database, desk.channel)).toMatchObject({ seen: 1, linked: 1 });
      expect((await variantsBySku(desk.database, ['SHIRT-S']))[0]?.stock.reserved).toBe(2);
    });

    it('misses no order when the connection breaks in the middle of a pull', async () => {
      buy(1);
      buy(1);
      bench.simulator.faults.add({ kind: 'drop-after', match: 'order' });
      await pullOrders(desk).catch(() => undefined);
      await pullOrders(desk);
      expect(await orderCounts(desk.database, desk.channel)).toMatchObject({ seen: 2 });
    });

    it('announces two parcels of one order, each effective once although an answer is lost', async () => {
      const order = buy(3);
      await pullOrders(desk);
      expect(await record(order, 'P1', 2)).toBe('recorded');
      bench.simulator.faults.add({ kind: 'drop-after', match: 'ship' });
      await pushShipments(desk);
      expect(await record(order, 'P2', 1)).toBe('recorded');
      await pushShipments(desk);
      await pushShipments(desk);
      expect(bench.simulator.shipments?.().map(({ reference, lines }) => ({ reference, lines }))).toEqual([
        { reference: expect.stringContaining('1'), lines: [{ sku: 'SHIRT-S', quantity: 2 }] },
        { reference: expect.stringContaining('2'), lines: [{ sku: 'SHIRT-S', quantity: 1 }] },
      ]);
      expect(await orderCounts(desk.database, desk.channel)).toMatchObject({
        trackingPushed: 2,
        parcelsPending: 0,
        parcelsRejected: 0,
      });
    });

    it('gives the reserved units back when the buyer cancels', async () => {
      const order = buy(2);
      await pullOrders(desk);
      bench.simulator.cancelOrder?.(order);
      await pullOrders(desk);
      expect((await variantsBySku(desk.database, ['SHIRT-S']))[0]?.stock.reserved).toBe(0);
    });
  });
}
