import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldOrder } from '../../../connectors/shopify/simulator/order-book.js';
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

describe('reading orders back from Shopify', () => {
  let stage: Stage;
  let test: TestDatabase;
  let clock: HandClock;
  let desk: OrderDesk;
  let held: HeldOrder;
  beforeEach(async () => {
    [stage, test] = await Promise.all([openStage(), sqliteDatabase()]);
    clock = handClock();
    desk = { ...deskWith(test.database, stage.sink()), clock };
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk);
    const [placed] = stage.book.orders;
    if (!placed) throw new Error('nothing was placed');
    held = placed;
  });
  afterEach(async () => {
    await stage.stop();
    await test.dispose();
  });

  const shipments = () =>
    test.database.all<{ reference: string; carrier: string; tracking_number: string; lines: string }>(
      'SELECT reference, carrier, tracking_number, lines FROM shipment ORDER BY reference',
    );
  const exceptions = async () =>
    (
      await test.database.all<{ code: string }>('SELECT code FROM order_exception WHERE closed_at IS NULL')
    ).map(({ code }) => code);
  const read = async () => {
    const [now] = await stage.sink().read([held.id]);
    if (!now) throw new Error('nothing was read');
    return now;
  };
  const stock = () => stage.shop.products.map(({ variants }) => variants[0]?.levels[0]);
  /** The channel tells the order anew. */
  const tell = (changes: Partial<ChannelOrder>) =>
    take(test.database, [order('A', { ...BOUGHT, updatedAt: LATER, ...changes })]);

  it('records parcels by the channel’s line, the second one too, with lines Shopify holds as two in one', async () => {
    const first = stage.book.fulfil(held, { units: { 'SHIRT-S': 3 }, company: 'UPS', number: '1Z1' });
    await collectShipments(desk);
    const second = stage.book.fulfil(held, { company: 'DHL', number: 'J2' });
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([
      { reference: first.id, carrier: 'UPS', tracking_number: '1Z1' },
      { reference: second.id, carrier: 'DHL', tracking_number: 'J2' },
    ]);
    expect((await read()).shipments.map(({ lines }) => lines)).toEqual([
      [{ sku: 'SHIRT-S', lineExternalId: 'L1', quantity: 3 }],
      [{ sku: 'MUG', lineExternalId: 'L2', quantity: 2 }],
    ]);
  });

  it('waits for a number that is typed in two hours later, and records a parcel once', async () => {
    const parcel = stage.book.fulfil(held);
    await collectShipments(desk);
    expect(await shipments()).toEqual([]);
    clock.advance(7_200_000);
    parcel.tracking = [{ company: 'UPS', number: '1Z9', url: 'https://ups.example/1Z9' }];
    await collectShipments(desk);
    await collectShipments(desk);
    expect(await shipments()).toMatchObject([{ reference: parcel.id, tracking_number: '1Z9' }]);
  });

  it('never announces a parcel that was taken back before it was seen, and asks a person about one after', async () => {
    stage.book.withdraw(held, stage.book.fulfil(held, { units: { MUG: 1 }, company: 'UPS', number: '1Z0' }));
    await collectShipments(desk);
    expect(await shipments()).toEqual([]);
    const seen = stage.book.fulfil(held, { units: { MUG: 1 }, company: 'UPS', number: '1Z1' });
    await collectShipments(desk);
    await test.database.run("UPDATE shipment SET state = 'accepted'");
    stage.book.withdraw(held, seen);
    await collectShipments(desk);
    expect(await shipments()).toHaveLength(1);
    expect(await exceptions()).toContain('parcel_withdrawn');
  });

  it('finds a parcel though the stamp of the order never moves', async () => {
    const { updatedMs } = held;
    stage.book.fulfil(held, { company: 'UPS', number: '1Z1' });
    held.updatedMs = updatedMs;
    await collectShipments(desk);
    expect(await shipments()).toHaveLength(1);
  });

  it('tells of refunds with what was given back, and of units taken out of the order, once each', async () => {
    const [shirts] = held.lines;
    if (!shirts) throw new Error('no line');
    const silent = { note: null, amount: 0, shipping: 0 };
    stage.book.takeOut(held, [{ line: shirts, quantity: 1, restockType: 'CANCEL' }], silent);
    stage.book.fulfil(held, { company: 'UPS', number: '1Z1' });
    const mug = held.lines.find(({ sku }) => sku === 'MUG');
    const wrap = held.lines.find(({ title }) => title === 'Gift wrap');
    if (!mug || !wrap) throw new Error('no mug in gift wrap');
    const wrapping = { line: wrap, quantity: 1, restockType: 'NO_RESTOCK' };
    const back = stage.book.takeOut(held, [{ line: mug, quantity: 1, restockType: 'RETURN' }, wrapping], {
      note: 'too small',
      amount: 820,
      shipping: 100,
    });
    expect(await read()).toMatchObject({
      cancelledUnits: [{ sku: 'SHIRT-S', lineExternalId: 'L1', quantity: 1 }],
      refunds: [
        {
          reference: back?.id,
          amount: usd(820),
          shipping: usd(100),
          reason: 'too small',
          lines: [{ sku: 'MUG', lineExternalId: 'L2', quantity: 1, amount: usd(720), returned: true }],
        },
      ],
    });
  });

  it('cancels the whole order in the shop once, puts the units back and writes to nobody', async () => {
    await tell({
      status: 'cancelled',
      lines: (BOUGHT.lines ?? []).map((each) => ({ ...each, quantityCancelled: each.quantity })),
    });
    stage.running.faults.add({ kind: 'drop-after', match: '#CancelOrder' });
    for (let round = 0; round < 3; round++) {
      await cancelInShop(desk);
      clock.advance(600_000);
    }
    expect(held.cancelledMs).not.toBeNull();
    expect(stock()).toMatchObject([
      { available: 10, committed: 0 },
      { available: 10, committed: 0 },
    ]);
    expect(stage.shop.outbox).toEqual([]);
    expect(await exceptions()).toEqual([]);
  });

  it('takes single units out though another line has left, once though the answer was lost, and never twice', async () => {
    stage.book.fulfil(held, { units: { 'SHIRT-S': 3 }, company: 'UPS', number: '1Z1' });
    await collectShipments(desk);
    const [shirts, mugs] = BOUGHT.lines ?? [];
    if (!shirts || !mugs) throw new Error('no lines');
    await tell({ lines: [shirts, { ...mugs, quantityCancelled: 1 }] });
    stage.running.faults.add({ kind: 'drop-after', match: '#RefundOrder' });
    for (let round = 0; round < 3; round++) {
      await cancelInShop(desk);
      stage.running.world.keys.clear(); // how long Shopify remembers keys is not known
      clock.advance(600_000);
    }
    expect(held.refunds).toHaveLength(1);
    expect(stock()).toMatchObject([
      { available: 7, committed: 0 },
      { available: 9, committed: 1 },
    ]);
    expect(await exceptions()).toEqual([]);
    expect((await read()).refunds).toEqual([]);
  });

  it('says that units have left when the channel cancels what the shop has shipped', async () => {
    stage.book.fulfil(held);
    const { cancel } = stage.sink();
    const issues = await cancel?.({
      storeId: held.id,
      key: 'c1',
      reason: 'buyer',
      units: [{ sku: 'MUG', lineExternalId: 'L2', quantity: 1 }],
    });
    expect(issues).toMatchObject([{ code: 'shipped_already' }]);
    expect(held.refunds).toEqual([]);
    const whole = await cancel?.({ storeId: held.id, key: 'c2', reason: 'buyer', units: null });
    expect(whole).toMatchObject([{ severity: 'error', origin: 'channel' }]);
  });

  it('passes on why a paid order cannot be restocked: its location is closed', async () => {
    for (const location of stage.shop.locations) location.active = false;
    const issues = await stage.sink().cancel?.({ storeId: held.id, key: 'c', reason: 'buyer', units: null });
    expect(issues).toMatchObject([{ message: expect.stringContaining('deactivated location') }]);
    expect(held.cancelledMs).toBeNull();
  });

  it('says which order is gone, and keeps reading the others', async () => {
    const ids = ['gid://shopify/Order/1', held.id];
    expect(await stage.sink().read(ids)).toMatchObject([
      { storeId: ids[0], gone: true },
      { storeId: held.id },
    ]);
    expect((await stage.sink().read([held.id]))[0]?.gone).toBeUndefined();
  });

  it('asks for fewer orders at once when a call would be too dear, and still reads all', async () => {
    stage.shop.switches.mostCost = 300;
    const ids = Array.from({ length: 45 }, (_, place) => `gid://shopify/Order/${place + 1}`);
    const orders = await stage.sink().read([...ids, held.id]);
    expect(orders).toHaveLength(46);
    expect(orders.at(-1)).toMatchObject({ storeId: held.id, cancelled: false });
  });

  it('reads an order with more parcels than a page shows whole', async () => {
    for (let parcel = 0; parcel < 12; parcel++)
      held.fulfillments.push({ ...stage.book.fulfil(held), id: `gid://shopify/Fulfillment/9${parcel}` });
    expect((await read()).shipments.length).toBeGreaterThan(12);
  });

  it('asks a person about an order that has been on hold for more than a day, and about a failed fulfilment', async () => {
    for (const each of held.fulfillmentOrders) each.status = 'ON_HOLD';
    expect((await read()).needsPerson).toBeUndefined();
    for (const each of held.fulfillmentOrders) each.updatedMs -= 25 * 3_600_000;
    expect((await read()).needsPerson).toMatch(/on hold/);
    stage.book.fulfil(held).status = 'FAILURE';
    expect((await read()).needsPerson).toMatch(/failed/);
  });
});
