import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageReferenceOf } from '../../../connectors/amazon/shipments.js';
import type { Host } from '../../../src/channel/connector.js';
import type { OrderPage } from '../../../src/channel/order-port.js';
import type { SimulatedOrder } from '../../../src/channel/simulator.js';
import { epochMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import type { ShipmentNotice } from '../../../src/domain/shipment.js';
import { failure, openStage, type Stage, testHost } from './support.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.simulator.stop());

const LINES = [
  { sku: '00012345', quantity: 2, unitPrice: '19.99' },
  { sku: 'B', quantity: 1, unitPrice: '5.00' },
];

function buy(order: Partial<SimulatedOrder> = {}): string {
  return stage.simulator.placeOrder?.({ lines: LINES, ...order }) ?? 'no order';
}

async function pull(cursor: string | null = null): Promise<OrderPage> {
  const page = await stage.channel.orders?.pull(cursor);
  if (!page) throw new Error('no page');
  return page;
}

async function onlyOrder(): Promise<ChannelOrder> {
  const [order, ...others] = (await pull()).orders;
  if (!order || others.length > 0) throw new Error('not one order');
  return order;
}

function parcel(order: ChannelOrder, changes: Partial<ShipmentNotice> = {}): ShipmentNotice {
  return {
    orderExternalId: order.externalId,
    reference: 'fulfillment-1',
    carrier: 'ups',
    trackingNumber: '1Z999',
    shippedAt: new Date().toISOString(),
    lines: order.lines.map(({ externalId, quantity }) => ({ lineExternalId: externalId, quantity })),
    ...changes,
  };
}

/** A host whose order searches answer with orders changed on the way; `logged` are the orders named in errors. */
function hostWith(change: (order: JsonObject) => void): { readonly host: Host; readonly logged: unknown[] } {
  const plain = testHost();
  const logged: unknown[] = [];
  const send: Host['http']['send'] = async (request) => {
    const reply = await plain.http.send(request);
    if (!request.url.includes('/orders/')) return reply;
    const body = JSON.parse(reply.body.toString('utf8')) as { orders: JsonObject[] };
    body.orders.forEach(change);
    return { ...reply, body: Buffer.from(JSON.stringify(body)) };
  };
  const log = { ...plain.log, error: (facts: { order?: unknown }) => void logged.push(facts.order) };
  return { host: { ...plain, http: { ...plain.http, send }, log }, logged };
}

describe('orders from Amazon', () => {
  it('copies amounts, taxes, buyer and ship-by date, and keeps people out of the raw order', async () => {
    const id = buy();
    const order = await onlyOrder();
    expect(order).toMatchObject({
      externalId: id,
      status: 'open',
      fulfilledBy: 'merchant',
      total: { minor: 4_858, currency: 'USD' },
      buyer: {
        name: 'Robin Sample',
        address: { lines: ['1 Example Street'], postalCode: '98101', country: 'US' },
      },
      lines: [
        {
          sku: '00012345',
          quantity: 2,
          quantityShipped: 0,
          quantityCancelled: 0,
          unitPrice: { minor: 1_999, currency: 'USD' },
          tax: { minor: 320, currency: 'USD' },
          channelCollectedTax: { minor: 320, currency: 'USD' },
        },
        { sku: 'B', quantity: 1 },
      ],
    });
    expect(Date.parse(order.shipBy ?? '')).toBeGreaterThan(Date.parse(order.placedAt));
    expect(JSON.stringify(order.raw)).not.toMatch(/Robin|Example Street|98101|marketplace\.amazon/);
    expect(order.raw.orderId).toBe(id);
  });

  it('takes an order without names and streets when the role is missing, or when they are not wanted', async () => {
    buy();
    await stage.command('account', { buyerRole: false });
    const order = await onlyOrder();
    expect(order.buyer).toEqual({ address: { lines: [], city: 'Seattle', region: 'WA', country: 'US' } });
    const page = await stage.open({ buyerData: false }).orders?.pull(null);
    expect(page?.orders.map(({ buyer }) => buyer)).toEqual([undefined]);
  });

  it('tells pending, paid, cancelled and channel-fulfilled orders apart', async () => {
    const waiting = buy({ status: 'pending' });
    const paid = buy({ status: 'pending' });
    await stage.command('pay', { orderId: paid });
    const gone = buy();
    stage.simulator.cancelOrder?.(gone);
    const stored = buy({ fulfilledBy: 'channel' });
    const orders = new Map((await pull()).orders.map((order) => [order.externalId, order]));
    expect(orders.get(waiting)).toMatchObject({ status: 'pending' });
    expect(orders.get(waiting)?.total).toBeUndefined();
    expect(orders.get(paid)).toMatchObject({ status: 'open' });
    expect(orders.get(gone)).toMatchObject({
      status: 'cancelled',
      lines: [{ quantityCancelled: 2 }, { quantityCancelled: 1 }],
    });
    expect(orders.get(stored)).toMatchObject({ status: 'shipped', fulfilledBy: 'channel' });
  });

  it('pages to the end and then starts ten minutes before the channel’s own clock', async () => {
    const placed = new Set(Array.from({ length: 130 }, () => buy()));
    const first = await pull();
    expect(first.more).toBe(true);
    expect(first.orders).toHaveLength(100);
    const second = await pull(first.cursor);
    expect(second.more).toBe(false);
    const seen = [...first.orders, ...second.orders];
    expect(new Set(seen.map(({ externalId }) => externalId))).toEqual(placed);
    const { after } = JSON.parse(second.cursor) as { after: string };
    const age = Date.now() - epochMs(after);
    expect(age).toBeGreaterThan(9.9 * 60_000);
    expect(age).toBeLessThan(11 * 60_000);
    const changed = second.orders[0]?.externalId ?? '';
    stage.simulator.cancelOrder?.(changed);
    const third = await pull(second.cursor);
    const fourth = await pull(third.cursor);
    expect(
      [...third.orders, ...fourth.orders].find(({ externalId }) => externalId === changed),
    ).toMatchObject({
      status: 'cancelled',
    });
  });

  it('hands over an order it cannot read without lines, and the others beside it', async () => {
    const [odd, good] = [buy(), buy()];
    const { host, logged } = hostWith((order) => {
      if (order.orderId === odd)
        Object.assign(order, { orderItems: 'later', createdTime: 7, lastUpdatedTime: null });
    });
    const page = await stage.open({}, host).orders?.pull(null);
    const orders = new Map(page?.orders.map((order) => [order.externalId, order]));
    expect(orders.get(good)?.lines).toHaveLength(2);
    const kept = orders.get(odd);
    expect(kept).toMatchObject({
      status: 'open',
      fulfilledBy: 'merchant',
      lines: [],
      raw: { orderId: odd, orderItems: 'later' },
    });
    expect(kept?.updatedAt).toBe(kept?.placedAt);
    expect((kept?.updatedAt ?? '9') < (orders.get(good)?.updatedAt ?? '')).toBe(true);
    expect(JSON.stringify(kept?.raw)).not.toMatch(/Robin|Example Street/);
    expect(logged).toEqual([odd]);
  });

  it('gives lines without an id ids of their own that are the same at every reading', async () => {
    buy({ lines: [...LINES, { sku: 'B', quantity: 4, unitPrice: '5.00' }] });
    const { host } = hostWith((order) => {
      for (const item of order.orderItems as JsonObject[]) Object.assign(item, { orderItemId: undefined });
    });
    for (const _reading of [1, 2]) {
      const page = await stage.open({}, host).orders?.pull(null);
      expect(page?.orders[0]?.lines.map(({ externalId }) => externalId)).toEqual([
        '00012345#1',
        'B#1',
        'B#2',
      ]);
    }
  });

  it('hands orders over oldest change first', async () => {
    const ids = [buy(), buy(), buy()];
    await new Promise((resolve) => setImmediate(resolve));
    stage.simulator.cancelOrder?.(ids[0] ?? '');
    const times = (await pull()).orders.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort());
  });

  it('starts a run again when its page token is no longer taken, and loses nothing', async () => {
    const placed = new Set(Array.from({ length: 101 }, () => buy()));
    const first = await pull();
    const stale = first.cursor.replace(/page-\d+/, 'page-999');
    const again = await pull(stale);
    const rest = await pull(again.cursor);
    expect(new Set([...again.orders, ...rest.orders].map(({ externalId }) => externalId))).toEqual(placed);
  });

  it('throws a failed read instead of reading it as no orders', async () => {
    buy();
    stage.simulator.faults.add({ kind: 'fail', match: '/orders/' });
    expect(await failure(stage.channel.orders?.pull(null))).toMatchObject({ kind: 'ambiguous' });
    expect((await pull()).orders).toHaveLength(1);
  });

  it('waits minutes after throttling of order searches, as their rate asks for', async () => {
    stage.simulator.faults.add({ kind: 'throttle', match: '/orders/' });
    const error = await failure(stage.channel.orders?.pull(null));
    expect(error).toMatchObject({ kind: 'throttled', againInMs: 198_413 });
  });
});

describe('tracking to Amazon', () => {
  it('announces parcels one by one until the order is shipped', async () => {
    buy();
    const order = await onlyOrder();
    const [first, second] = order.lines.map(({ externalId }) => externalId);
    const one = parcel(order, { lines: [{ lineExternalId: first ?? '', quantity: 1 }] });
    expect(await stage.channel.orders?.ship?.([one])).toEqual([
      { reference: 'fulfillment-1', outcome: 'accepted' },
    ]);
    expect((await onlyOrder()).status).toBe('partially-shipped');
    const rest = parcel(order, {
      reference: '2',
      carrier: 'Sendle',
      lines: [
        { lineExternalId: first ?? '', quantity: 1 },
        { lineExternalId: second ?? '', quantity: 1 },
      ],
    });
    await stage.channel.orders?.ship?.([rest]);
    expect((await onlyOrder()).status).toBe('shipped');
    expect(stage.simulator.shipments?.()).toMatchObject([
      {
        orderId: order.externalId,
        carrier: 'UPS',
        trackingNumber: '1Z999',
        lines: [{ sku: '00012345', quantity: 1 }],
      },
      { reference: '2', carrier: 'Sendle' },
    ]);
  });

  it('edits a parcel that is announced twice instead of adding one', async () => {
    buy();
    const order = await onlyOrder();
    await stage.channel.orders?.ship?.([parcel(order)]);
    await stage.channel.orders?.ship?.([parcel(order, { trackingNumber: '1Z000' })]);
    expect(stage.simulator.shipments?.()).toMatchObject([{ trackingNumber: '1Z000' }]);
  });

  it('takes a parcel that arrived although the answer was lost', async () => {
    buy();
    const order = await onlyOrder();
    stage.simulator.faults.add({ kind: 'drop-after', match: 'shipmentConfirmation' });
    expect(await stage.channel.orders?.ship?.([parcel(order)])).toMatchObject([{ outcome: 'retry' }]);
    expect(await stage.channel.orders?.ship?.([parcel(order)])).toMatchObject([{ outcome: 'accepted' }]);
    expect(stage.simulator.shipments?.()).toHaveLength(1);
  });

  it('rejects a parcel of a cancelled order or with too many units, and announces the others', async () => {
    const good = buy();
    const cancelled = buy();
    const orders = new Map((await pull()).orders.map((order) => [order.externalId, order]));
    stage.simulator.cancelOrder?.(cancelled);
    const of = (id: string): ChannelOrder => orders.get(id) as ChannelOrder;
    const tooMany = of(good).lines.map(({ externalId }) => ({ lineExternalId: externalId, quantity: 9 }));
    const receipts = await stage.channel.orders?.ship?.([
      parcel(of(cancelled), { reference: 'a' }),
      parcel(of(good), { reference: 'b', lines: tooMany }),
      parcel(of(good), { reference: 'c' }),
    ]);
    expect(receipts?.map(({ reference, outcome }) => [reference, outcome])).toEqual([
      ['a', 'rejected'],
      ['b', 'rejected'],
      ['c', 'accepted'],
    ]);
    expect(receipts?.[0]).toMatchObject({ issues: [{ message: expect.stringContaining('cancelled') }] });
  });

  it('never dates a parcel later than now', async () => {
    buy();
    const order = await onlyOrder();
    const shippedAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    expect(await stage.channel.orders?.ship?.([parcel(order, { shippedAt })])).toMatchObject([
      { outcome: 'accepted' },
    ]);
  });

  it('gives every reference a positive whole number that stays the same', () => {
    expect(packageReferenceOf('1')).toBe('1');
    for (const reference of ['gid://shop/Fulfillment/4711', '0', '007', '12345678901234', 'ü', '']) {
      expect(packageReferenceOf(reference)).toMatch(/^[1-9]\d{9}$/);
      expect(packageReferenceOf(reference)).toBe(packageReferenceOf(reference));
    }
    expect(packageReferenceOf('a')).not.toBe(packageReferenceOf('b'));
  });
});

describe('the simulator’s journal', () => {
  it('holds every order and shipment, line by line', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'omnifeed-sim-')), 'log.jsonl');
    await stage.command('log', { path: file });
    const { orderId } = await stage.command('order', {
      lines: [{ sku: 'A', quantity: 1, unitPrice: '3.00' }],
    });
    await stage.channel.orders?.ship?.([parcel(await onlyOrder())]);
    const entries = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(entries).toMatchObject([
      { kind: 'order', orderId },
      { kind: 'shipment', orderId, trackingNumber: '1Z999' },
    ]);
  });
});
