import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { systemClock } from '../../src/clock.js';
import { plusMs } from '../../src/domain/instant.js';
import type { ParcelSignal } from '../../src/domain/parcel-signal.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { pullOrders } from '../../src/orders/pull.js';
import { recordShipment } from '../../src/orders/record-shipment.js';
import { reportParcels, type SignalDesk } from '../../src/orders/signals.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

onEachDatabase('parcels reported as signals', (open) => {
  let bench: ChannelBench;
  let seller: OrderDesk;
  let desk: SignalDesk;
  beforeEach(async () => {
    bench = await channelBench(memory, await open());
    const { database } = bench.test;
    await fillCatalog(database, smallCatalog(), systemClock);
    const { orders, signals } = bench.desk.open;
    if (!orders || !signals) throw new Error('the memory channel sells and takes signals');
    const keys = testVault();
    seller = {
      database,
      channel: 'memory-test',
      port: orders,
      storefront: null,
      buyers: keys,
      clock: systemClock,
      random: () => 0,
      callSucceeded: async () => undefined,
      callFailed: async () => undefined,
    };
    desk = {
      database,
      channel: 'told',
      port: signals,
      from: ['memory-test'],
      origin: { country: 'US', postalCode: '94043' },
      buyers: keys,
      clock: systemClock,
      random: () => 0,
      callFailed: async () => undefined,
    };
  });
  afterEach(() => bench.stop());

  const sell = async (reference: string, shippedAt = systemClock.now()): Promise<string> => {
    const externalId =
      bench.simulator.placeOrder?.({ lines: [{ sku: '00012345', quantity: 1, unitPrice: '49.50' }] }) ?? '';
    await pullOrders(seller);
    await ship(externalId, reference, shippedAt);
    return externalId;
  };
  const ship = (externalId: string, reference: string, shippedAt = systemClock.now()): Promise<string> =>
    bench.test.database.transaction((tx) =>
      recordShipment(
        tx,
        { channel: 'memory-test', externalId, now: systemClock.now() },
        {
          reference,
          carrier: 'UPS',
          trackingNumber: `1Z${reference}`,
          shippedAt,
          lines: [{ sku: '00012345', quantity: 1 }],
        },
      ),
    );
  const told = async (): Promise<ParcelSignal[]> => {
    const state = (await (await fetch(`${bench.simulator.url}/_sim/state`)).json()) as {
      signals: ParcelSignal[];
    };
    return state.signals;
  };

  it('are told once, with what the catalog knows of the goods and of the buyer no more than country and postal code', async () => {
    const order = await sell('P1');
    expect(await reportParcels(desk)).toMatchObject({ due: 1, accepted: 1 });
    expect(await reportParcels(desk)).toMatchObject({ due: 0 });
    const [signal] = await told();
    expect(signal).toMatchObject({
      reference: `memory-test/${order}/P1`,
      soldOn: 'memory-test',
      orderId: order,
      carrier: 'UPS',
      trackingNumber: '1ZP1',
      originCountry: 'US',
      destinationCountry: 'US',
      destinationPostalCode: null,
      lines: [
        { sku: '00012345', quantity: 1, title: 'Camping lamp', brand: 'Fernweh', gtin: '4006381333931' },
      ],
    });
    expect(JSON.stringify(await told())).not.toMatch(/Ada|Exampleton/);
  });

  it('are told again when the answer was lost: at least once', async () => {
    await sell('P1');
    bench.simulator.faults.add({ kind: 'drop-after', match: '/signals' });
    expect(await reportParcels(desk)).toMatchObject({ accepted: 0, postponed: 1 });
    await bench.test.database.run("UPDATE parcel_signal SET retry_at = '2000-01-01T00:00:00.000Z'");
    expect(await reportParcels(desk)).toMatchObject({ accepted: 1 });
    expect(new Set((await told()).map(({ reference }) => reference)).size).toBe(1);
  });

  it('are told without a destination once the buyer was purged', async () => {
    await sell('P1');
    await bench.test.database.run('DELETE FROM order_buyer');
    await reportParcels(desk);
    expect((await told())[0]).toMatchObject({ destinationCountry: null, destinationPostalCode: null });
  });

  it('leave out old ones, orders that were cancelled, and channels nobody named', async () => {
    await sell('OLD', plusMs(systemClock.now(), -40 * 86_400_000));
    const cancelled = await sell('P1');
    await bench.test.database.run("UPDATE channel_order SET status = 'cancelled' WHERE external_id = ?", [
      cancelled,
    ]);
    await sell('P2');
    expect(await reportParcels({ ...desk, from: ['another'] })).toMatchObject({ due: 0 });
    await reportParcels(desk);
    expect((await told()).map(({ trackingNumber }) => trackingNumber)).toEqual(['1ZP2']);
  });

  it('that are refused are not told again', async () => {
    await sell('P1');
    const nowhere = { ...desk, origin: { country: null, postalCode: null } };
    expect(await reportParcels(nowhere)).toMatchObject({ rejected: 1 });
    expect(await reportParcels(desk)).toMatchObject({ due: 0 });
  });
});
