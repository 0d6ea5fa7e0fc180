import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldLine, HeldOrder } from '../../../connectors/woocommerce/simulator/order-book.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import { cancelInShop } from '../../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../../src/orders/collect-shipments.js';
import type { OrderDesk } from '../../../src/orders/order-desk.js';
import { placeOrders } from '../../../src/orders/place.js';
import { deskWith, line, order, take } from '../../orders/order-bench.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { openStage, type Stage } from './support.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const LATER = '2026-11-02T08:00:00.000Z';
const BOUGHT: Partial<ChannelOrder> = {
  lines: [
    line('L1', { quantity: 3, unitPrice: usd(334), discount: usd(2) }),
    line('L2', { sku: 'MUG', quantity: 2, unitPrice: usd(720), giftWrap: usd(100) }),
  ],
  total: usd(2_540),
};
const PARCEL = {
  tracking_provider: 'ups',
  tracking_number: '1Z1',
  tracking_id: 'a1',
  date_shipped: '1794600000',
};

describe('reading orders back from WooCommerce', () => {
  let stage: Stage;
  let test: TestDatabase;
  let clock: HandClock;
  let desk: OrderDesk;
  let held: HeldOrder;
  let shirts: HeldLine;
  let mugs: HeldLine;
  beforeEach(async () => {
    [stage, test] = await Promise.all([openStage(), sqliteDatabase()]);
    clock = handClock();
    desk = { ...deskWith(test.database, stage.sink()), clock };
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk);
    const [placed] = stage.book.orders;
    const [first, second] = placed?.lines ?? [];
    if (!placed || !first || !second) throw new Error('nothing was placed');
    [held, shirts, mugs] = [placed, first, second];
  });
  afterEach(async () => {
    await stage.stop();
    await test.dispose();
  });

  const shipments = () =>
    test.database.all<{ reference: string; carrier: string; tracking_number: string; lines: string }>(
      'SELECT reference, carrier, tracking_number, lines, state FROM shipment ORDER BY reference',
    );
  const exceptions = async () =>
    (
      await test.database.all<{ code: string }>('SELECT code FROM order_exception WHERE closed_at IS NULL')
    ).map(({ code }) => code);
  const read = async (settings = {}) => {
    const [now] = await stage.sink(settings).read([String(held.id)]);
    if (!now) throw new Error('nothing was read');
    return now;
  };
  const mugItem = () => stage.shop.items.find(({ sku }) => sku === 'MUG');
  /** The channel tells the order anew. */
  const tell = (changes: Partial<ChannelOrder>) =>
    take(test.database, [order('A', { ...BOUGHT, updatedAt: LATER, ...changes })]);

  it('records core fulfilments by the channel’s line, the second one too, and no drafts', async () => {
    stage.shop.switches.fulfillments = true;
    const first = stage.book.fulfil(held, {
      units: [{ line: shirts, quantity: 3 }],
      provider: 'ups',
      number: '1Z1',
    });
    await collectShipments(desk);
    const second = stage.book.fulfil(held, {
      units: [{ line: mugs, quantity: 2 }],
      provider: 'dhl',
      number: 'J2',
    });
    stage.book.fulfil(held, {
      units: [{ line: mugs, quantity: 1 }],
      provider: 'dhl',
      number: 'J3',
      draft: true,
    });
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([
      { reference: `wc-fulfillment-${first.id}`, carrier: 'ups', tracking_number: '1Z1' },
      { reference: `wc-fulfillment-${second.id}`, carrier: 'dhl', tracking_number: 'J2' },
    ]);
    expect((await read()).shipments.map(({ lines }) => lines)).toEqual([
      [{ sku: 'SHIRT-S', lineExternalId: 'L1', quantity: 3 }],
      [{ sku: 'MUG', lineExternalId: 'L2', quantity: 2 }],
    ]);
  });

  it('looks for fulfilments again an hour after it found the feature switched off', async () => {
    const sink = stage.sink();
    const parcels = async () => (await sink.read([String(held.id)]))[0]?.shipments.length;
    expect(await parcels()).toBe(0);
    stage.shop.switches.fulfillments = true;
    stage.book.fulfil(held, { units: [{ line: mugs, quantity: 1 }], provider: 'ups', number: '1Z1' });
    expect(await parcels()).toBe(0);
    stage.monotonic.ms += 3_600_000;
    expect(await parcels()).toBe(1);
  });

  it('asks a person when a fulfilment is deleted after the channel was told of it', async () => {
    stage.shop.switches.fulfillments = true;
    const parcel = stage.book.fulfil(held, {
      units: [{ line: mugs, quantity: 1 }],
      provider: 'ups',
      number: '1Z1',
    });
    await collectShipments(desk);
    await test.database.run("UPDATE shipment SET state = 'accepted'");
    parcel.deletedMs = stage.shop.nowMs();
    await collectShipments(desk);
    expect(await exceptions()).toContain('parcel_withdrawn');
  });

  it('takes one entry of a tracking plugin for everything, and its time as it is told', async () => {
    stage.book.track(held, PARCEL);
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([
      { reference: 'wc-tracking-a1', carrier: 'ups', tracking_number: '1Z1', state: 'pending' },
    ]);
    expect((await read()).shipments).toMatchObject([
      { shippedAt: '2026-11-13T20:00:00.000Z', lines: [{ quantity: 3 }, { quantity: 2 }] },
    ]);
  });

  it('shows a second number without lines to a person, instead of guessing what is in it', async () => {
    stage.book.track(held, PARCEL);
    stage.book.track(held, { ...PARCEL, tracking_id: 'a2', tracking_number: '1Z2' });
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([
      { state: 'pending' },
      { reference: 'wc-tracking-a2', state: 'rejected' },
    ]);
  });

  it('reads lines where the plugin tells them, and a carrier that was typed in', async () => {
    const products = [{ product: '7', item_id: String(mugs.id), qty: '1' }];
    stage.book.track(held, {
      ...PARCEL,
      tracking_provider: '',
      custom_tracking_provider: 'Bike courier',
      products_list: products,
    });
    expect((await read()).shipments).toMatchObject([
      { carrier: 'Bike courier', lines: [{ sku: 'MUG', lineExternalId: 'L2', quantity: 1 }] },
    ]);
  });

  it.each(['wc-shipment-tracking/v3', 'wc-ast/v3'])(
    'asks %s where the order itself shows no numbers',
    async (namespace) => {
      stage.shop.switches.trackers = [namespace];
      held.trackers.push({ ...PARCEL, date_shipped: '2026-11-13' });
      expect((await read()).shipments).toMatchObject([
        { trackingNumber: '1Z1', shippedAt: '2026-11-13T12:00:00.000Z' },
      ]);
    },
  );

  it.each([
    ['_tracking_number', '1Z5', '_tracking_provider', 'ups'],
    ['ywot_tracking_code', 'J5', 'ywot_carrier_name', 'DHL'],
  ])('reads the number another plugin keeps in %s', async (key, value, carrierKey, carrier) => {
    held.meta.push({ key, value }, { key: carrierKey, value: carrier });
    expect((await read()).shipments).toMatchObject([{ trackingNumber: value, carrier }]);
  });

  it('waits for the number of an order that is complete, and takes it when it is typed in two hours later', async () => {
    stage.book.setStatus(held, 'completed');
    await collectShipments(desk);
    expect(await shipments()).toEqual([]);
    clock.advance(7_200_000);
    stage.book.track(held, PARCEL);
    await collectShipments(desk);
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([{ tracking_number: '1Z1' }]);
  });

  it('finds a parcel though the stamp of the order never moves, or moves by being looked at', async () => {
    stage.shop.switches.viewMovesStamp = true;
    const { modifiedMs } = held;
    stage.book.track(held, PARCEL);
    held.modifiedMs = modifiedMs;
    await collectShipments(desk);
    expect(await shipments()).toHaveLength(1);
  });

  it('tells of a refund what was given back for which line and for shipping', async () => {
    stage.book.setStatus(held, 'completed');
    const refund = stage.book.refund(
      held,
      {
        amount: 8.2,
        reason: 'too small',
        meta: [],
        lines: [{ line: mugs, quantity: 1, total: 7.2, tax: 0 }],
      },
      false,
    );
    const now = await read();
    expect(now.refunds).toEqual([
      {
        reference: `wc-refund-${refund.id}`,
        at: expect.any(String),
        amount: usd(820),
        reason: 'too small',
        lines: [{ sku: 'MUG', lineExternalId: 'L2', quantity: 1, amount: usd(720) }],
      },
    ]);
    expect(now.cancelledUnits).toEqual([]);
  });

  it('takes units that an edit took out, or that were given back before they left, for cancelled', async () => {
    shirts.quantity = 2;
    stage.book.refund(
      held,
      { amount: 7.2, reason: '', meta: [], lines: [{ line: mugs, quantity: 1, total: 7.2, tax: 0 }] },
      true,
    );
    expect((await read()).cancelledUnits).toEqual([
      { sku: 'SHIRT-S', lineExternalId: 'L1', quantity: 1 },
      { sku: 'MUG', lineExternalId: 'L2', quantity: 1 },
    ]);
  });

  it('cancels the whole order in the shop once, and the units go back once', async () => {
    await tell({
      status: 'cancelled',
      lines: (BOUGHT.lines ?? []).map((each) => ({ ...each, quantityCancelled: each.quantity })),
    });
    expect(await cancelInShop(desk)).toMatchObject({ cancelled: 1 });
    expect(held.status).toBe('cancelled');
    expect([stage.shirt.quantity, mugItem()?.quantity]).toEqual([10, 10]);
    expect(await cancelInShop(desk)).toMatchObject({ cancelled: 0 });
    expect(stage.shop.outbox).toEqual(['new_order merchant']);
  });

  it.each(['drop-before', 'drop-after'] as const)(
    'takes single units out once although the answer is lost (%s), and asks no gateway for money',
    async (kind) => {
      const [first, second] = BOUGHT.lines ?? [];
      if (!first || !second) throw new Error('no lines');
      await tell({ lines: [{ ...first, quantityCancelled: 1 }, second] });
      stage.running.faults.add({ kind, match: 'POST /wp-json/wc/v3/orders' });
      expect(await cancelInShop(desk)).toMatchObject({ failed: 1 });
      expect(await cancelInShop(desk)).toMatchObject({ failed: 0, cancelled: 0 }); // PHP may still be at it
      clock.advance(180_000);
      expect(
        await cancelInShop({ ...desk, storefront: { id: 'shop', policy: 'all', sink: stage.sink() } }),
      ).toMatchObject({
        cancelled: 1,
      });
      expect(held.refunds).toMatchObject([{ amount: 3.33, lines: [{ quantity: 1 }] }]);
      expect([stage.shirt.quantity, mugItem()?.quantity]).toEqual([8, 8]);
      await collectShipments(desk);
      expect(await exceptions()).toEqual([]);
    },
  );

  it('cancels what is left of a line of which a unit has left, but not what has left', async () => {
    stage.shop.switches.fulfillments = true;
    stage.book.fulfil(held, { units: [{ line: mugs, quantity: 1 }], provider: 'ups', number: '1Z1' });
    const sink = stage.sink();
    const cancel = (quantity: number, key: string) =>
      sink.cancel?.({
        storeId: String(held.id),
        key,
        reason: 'cancelled at the channel',
        units: [{ sku: 'MUG', lineExternalId: 'L2', quantity }],
      });
    expect(await cancel(2, 'k2')).toMatchObject([{ code: 'shipped_already' }]);
    expect(await cancel(1, 'k1')).toEqual([]);
    expect(await cancel(1, 'k1')).toEqual([]);
    expect(held.refunds).toHaveLength(1);
    expect(mugItem()?.quantity).toBe(9);
    const whole = await sink.cancel?.({ storeId: String(held.id), key: 'k3', reason: 'x', units: null });
    expect(whole).toMatchObject([{ code: 'shipped_already' }]);
  });

  it('says that an order was deleted, and takes one in the trash for cancelled', async () => {
    held.status = 'trash';
    expect(await read()).toMatchObject({ cancelled: true });
    stage.book.orders.splice(0);
    expect(await read()).toMatchObject({ gone: true });
    await collectShipments(desk);
    expect(await exceptions()).toContain('store_order_missing');
  });

  it.each([
    ['on-hold', {}, 'on hold'],
    ['awaiting-pickup', {}, 'awaiting-pickup'],
    ['awaiting-pickup', { openStatuses: ['awaiting-pickup'] }, undefined],
  ])('asks a person about the status %s (with %o)', async (status, settings, words) => {
    held.status = status;
    const now = await read(settings);
    if (words === undefined) expect(now.needsPerson).toBeUndefined();
    else expect(now.needsPerson).toContain(words);
  });

  it('throws a failed read, which is never "gone"', async () => {
    stage.shop.switches.maintenance = true;
    await expect(stage.sink().read([String(held.id)])).rejects.toMatchObject({ code: 'unreadable_answer' });
  });

  it('asks a person about an order a plugin has made unreadable, and reads the others', async () => {
    await take(test.database, [order('B', BOUGHT)]);
    await placeOrders({ ...desk, storefront: { id: 'shop', policy: 'all', sink: stage.sink() } });
    const [, other] = stage.book.orders;
    Object.assign(held, { total: Number.NaN });
    expect(await stage.sink().read([String(held.id), String(other?.id)])).toMatchObject([
      { storeId: String(held.id), needsPerson: expect.stringContaining('total') },
      { storeId: String(other?.id), totals: { total: usd(2_540) } },
    ]);
  });
});
