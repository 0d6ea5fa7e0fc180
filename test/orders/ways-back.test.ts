import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import type { OrderPort } from '../../src/channel/order-port.js';
import { ChannelError } from '../../src/domain/errors.js';
import { confirmMessages, pushOrder, resolveExceptions, takeOver } from '../../src/orders/by-hand.js';
import { cancelInShop } from '../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import { listExceptions } from '../../src/orders/exceptions.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { placeOrders } from '../../src/orders/place.js';
import { pullOrders } from '../../src/orders/pull.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { tellChannel } from '../../src/orders/tell-channel.js';
import { orderLife } from '../../src/orders/timeline.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, type HandClock, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

const MARKET = 'memory-test';
const EUR = (minor: number) => ({ minor, currency: 'USD' });

onEachDatabase('news of placed orders', (open) => {
  let market: ChannelBench;
  let shop: ChannelBench;
  let desk: OrderDesk;
  let clock: HandClock;

  beforeEach(async () => {
    clock = handClock();
    market = await channelBench(memory, await open());
    shop = await channelBench(memory, market.test);
    await fillCatalog(market.test.database, smallCatalog(), clock);
    const { orders } = market.desk.open;
    const { sink } = shop.desk.open;
    if (!orders || !sink) throw new Error('the memory connector sells and takes orders');
    desk = {
      database: market.test.database,
      channel: MARKET,
      port: orders,
      storefront: { id: 'shop', sink, policy: 'matched' },
      buyers: testVault(),
      clock,
      random: () => 0,
      callSucceeded: async () => undefined,
      callFailed: async () => undefined,
    };
  });
  afterEach(async () => {
    await shop.simulator.stop();
    await market.stop();
  });

  const command = async (bench: ChannelBench, name: string, body: object): Promise<unknown> =>
    (
      await fetch(`${bench.simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) })
    ).json();
  const marketOrder = async (id: string): Promise<Record<string, unknown>> => {
    const state = (await (await fetch(`${market.simulator.url}/_sim/state`)).json()) as {
      orders: Record<string, unknown>[];
    };
    return state.orders.find((order) => order.id === id) ?? {};
  };
  const shopOrders = async (): Promise<{ storeId: string; cancelled: boolean }[]> => {
    const response = await fetch(`${shop.simulator.url}/_sim/state`);
    return ((await response.json()) as { shopOrders: { storeId: string; cancelled: boolean }[] }).shopOrders;
  };
  /** What a run of the jobs does. */
  const round = async (): Promise<void> => {
    clock.advance(60_000);
    await pullOrders(desk);
    await placeOrders(desk);
    await cancelInShop(desk);
    await collectShipments(desk);
    await pushShipments(desk);
    await tellChannel(desk);
  };
  /** Orders that have left are read hourly; what is told comes back with the next pull. */
  const muchLater = async (): Promise<void> => {
    clock.advance(3_600_000);
    await round();
    await round();
  };
  const buy = async (quantity: number): Promise<{ id: string; storeId: string; line: string }> => {
    const lines = [{ sku: 'SHIRT-S', quantity, unitPrice: '19.99' }];
    const id = market.simulator.placeOrder?.({ lines }) ?? '';
    await round();
    const row = await desk.database.get<{ store_id: string }>(
      'SELECT store_id FROM order_link WHERE external_id = ?',
      [id],
    );
    return { id, storeId: row?.store_id ?? '', line: `${id}-1` };
  };
  const parcel = (
    storeId: string,
    reference: string,
    quantity: number,
    more: object = {},
  ): Promise<unknown> =>
    command(shop, 'ship', {
      storeId,
      shipment: {
        reference,
        carrier: 'UPS',
        trackingNumber: `1Z${reference}`,
        shippedAt: clock.now(),
        lines: [{ sku: 'SHIRT-S', quantity }],
        ...more,
      },
    });
  const refund = (storeId: string, reference: string, quantity: number, minor: number): Promise<unknown> =>
    command(shop, 'shop-refund', {
      storeId,
      refund: {
        reference,
        at: clock.now(),
        amount: EUR(minor),
        lines: [{ sku: 'SHIRT-S', quantity, amount: EUR(minor), returned: true }],
      },
    });
  const open_ = async (): Promise<string[]> =>
    (await listExceptions(desk.database, null, 50)).map(({ order, code }) => `${order} ${code}`);

  it('tell the channel which order of the shop it became, once', async () => {
    const { id, storeId } = await buy(1);
    expect(await marketOrder(id)).toMatchObject({ storeId });
    const before = market.simulator.calls.length;
    await tellChannel(desk);
    expect(market.simulator.calls).toHaveLength(before);
  });

  it('are told apart although every order has an acknowledgement', async () => {
    const lines = [{ sku: 'SHIRT-S', quantity: 1, unitPrice: '1.00' }];
    const ids = [1, 2, 3].map(() => market.simulator.placeOrder?.({ lines }) ?? '');
    await round();
    expect(await tellChannel(desk)).toMatchObject({ due: 0 });
    const states = await desk.database.all('SELECT state FROM order_message GROUP BY state');
    expect(states).toEqual([{ state: 'accepted' }]);
    const named = await Promise.all(ids.map(async (id) => (await marketOrder(id)).storeId));
    expect(new Set(named).size).toBe(3);
    expect(named).not.toContain(null);
  });

  it('take units the shop took out to the channel, once each, and not back into the shop', async () => {
    const { id, storeId, line } = await buy(3);
    const out = (): Promise<unknown> =>
      command(shop, 'shop-cancel', { storeId, key: clock.now(), units: [{ sku: 'SHIRT-S', quantity: 1 }] });
    await out();
    await round();
    await round();
    expect(await marketOrder(id)).toMatchObject({ status: 'open' });
    await out();
    for (let n = 0; n < 3; n++) await round();
    const told = await desk.database.all(
      "SELECT reference, state FROM order_message WHERE kind = 'cancel' ORDER BY reference",
    );
    expect(told).toEqual([
      { reference: `cancel:${line}=1`, state: 'accepted' },
      { reference: `cancel:${line}=2`, state: 'accepted' },
    ]);
    expect((await orderLife(desk.database, { channel: MARKET, externalId: id }))?.lines).toMatchObject([
      { ordered: 3, cancelled: 2 },
    ]);
    expect(await shopOrders()).toMatchObject([{ cancelled: false }]);
  });

  it('take an order the shop cancelled to the channel', async () => {
    const { id, storeId } = await buy(2);
    await command(shop, 'shop-cancel', { storeId });
    await round();
    await round();
    expect(await marketOrder(id)).toMatchObject({ status: 'cancelled' });
    expect(await open_()).toEqual([]);
  });

  it('take a cancellation of the channel into the shop', async () => {
    const { id } = await buy(2);
    market.simulator.cancelOrder?.(id);
    await round();
    expect(await shopOrders()).toMatchObject([{ cancelled: true }]);
    expect(await open_()).toEqual([]);
    const before = shop.simulator.calls.filter(({ method }) => method === 'POST').length;
    await round();
    expect(shop.simulator.calls.filter(({ method }) => method === 'POST')).toHaveLength(before);
  });

  it('leave a cancellation that cannot be applied to a person, until it is resolved', async () => {
    const { id, storeId } = await buy(2);
    await parcel(storeId, 'p', 1);
    await collectShipments(desk);
    market.simulator.cancelOrder?.(id);
    await round();
    expect(await open_()).toEqual([`${id} cancelled_after_shipping`]);
    await round();
    expect(await shopOrders()).toMatchObject([{ cancelled: false }]);
    const closing = { code: null, retry: false, by: 'operator', now: clock.now() };
    const place = { channel: MARKET, externalId: id };
    expect(await desk.database.transaction((tx) => resolveExceptions(tx, place, closing))).toBe(1);
    await round();
    expect(await open_()).toEqual([]);
  });

  it('give money back at the channel for what came back, once, and never for units that did not leave', async () => {
    const { id, storeId } = await buy(2);
    await parcel(storeId, 'p', 2);
    await round();
    await refund(storeId, 'R1', 1, 1_999);
    await muchLater();
    expect((await orderLife(desk.database, { channel: MARKET, externalId: id }))?.lines).toMatchObject([
      { ordered: 2, shipped: 2, refunded: 1 },
    ]);
    const other = await buy(1);
    await command(shop, 'shop-cancel', { storeId: other.storeId });
    await refund(other.storeId, 'R2', 1, 1_999);
    await round();
    await round();
    const kinds = await desk.database.all(
      'SELECT kind FROM order_message WHERE external_id = ? ORDER BY kind',
      [other.id],
    );
    expect(kinds).toEqual([{ kind: 'acknowledge' }, { kind: 'cancel' }]);
    expect(await open_()).toEqual([]);
  });

  it('hold a refund for a person where the channel takes no undoing', async () => {
    desk = { ...desk, port: { ...desk.port, confirms: ['refund'] } };
    const { id, storeId } = await buy(1);
    await parcel(storeId, 'p', 1);
    await round();
    await refund(storeId, 'R1', 1, 1_999);
    await muchLater();
    expect(await open_()).toEqual([`${id} refund_to_confirm`]);
    const place = { channel: MARKET, externalId: id };
    const refunded = async (): Promise<unknown> =>
      (await orderLife(desk.database, place))?.lines.map((line) => line.refunded);
    expect(await refunded()).toEqual([0]);
    const hand = { by: 'ops', now: clock.now() };
    expect(await desk.database.transaction((tx) => confirmMessages(tx, place, hand))).toBe(1);
    await muchLater();
    expect(await refunded()).toEqual([1]);
    expect(await open_()).toEqual([]);
  });

  it('do not give back what a person gave back at the channel already, and ask when it cannot be told', async () => {
    const { id, storeId, line } = await buy(3);
    await parcel(storeId, 'p', 3);
    await round();
    const byHand = { kind: 'refund', reference: 'seller', orderExternalId: id, reason: 'other' } as const;
    await desk.port.tell?.([{ ...byHand, lines: [{ lineExternalId: line, quantity: 1 }] }], 'k');
    await round();
    await muchLater();
    expect(await open_()).toEqual([`${id} refunded_at_channel`]);
    await refund(storeId, 'R1', 1, 1_999);
    await refund(storeId, 'R2', 2, 3_998);
    await muchLater();
    expect((await orderLife(desk.database, { channel: MARKET, externalId: id }))?.lines).toMatchObject([
      { refunded: 1 },
    ]);
    expect(await open_()).toEqual([`${id} refund_at_channel`]);
  });

  it('send another tracking number as an edit of the same parcel', async () => {
    const { id, storeId } = await buy(1);
    await parcel(storeId, 'p', 1);
    await round();
    await parcel(storeId, 'p', 1, { trackingNumber: '1ZNEW' });
    await muchLater();
    expect(market.simulator.shipments?.()).toMatchObject([
      { orderId: id, reference: 'p', trackingNumber: '1ZNEW' },
    ]);
  });

  it('never undo an announced parcel at the channel by themselves', async () => {
    const { id, storeId } = await buy(1);
    await parcel(storeId, 'p', 1);
    await round();
    await parcel(storeId, 'p', 1, { withdrawn: true });
    await muchLater();
    expect(await open_()).toEqual([`${id} parcel_withdrawn`]);
    expect(market.simulator.shipments?.()).toHaveLength(1);
  });

  it('tell a person that the order is gone from the shop, place nothing, and take it back when it is there again', async () => {
    const { id, storeId } = await buy(1);
    const { sink } = desk.storefront ?? {};
    if (!sink) throw new Error('no sink');
    const forgetful = {
      ...sink,
      read: async (ids: readonly string[]) =>
        ids.map((each) => ({ storeId: each, gone: true, cancelled: false, shipments: [] })),
    };
    await collectShipments({ ...desk, storefront: { id: 'shop', policy: 'matched', sink: forgetful } });
    expect(await open_()).toEqual([`${id} store_order_missing`]);
    await round();
    expect(await open_()).toEqual([]);
    expect(await shopOrders()).toMatchObject([{ storeId }]);
  });

  it('repeat what got no answer under the same key, and tell a person what the channel refuses', async () => {
    const { id, storeId } = await buy(1);
    const keys: string[] = [];
    const deaf: OrderPort = {
      ...desk.port,
      tell: (_messages, key) => {
        keys.push(key);
        return Promise.reject(
          new ChannelError('lost', { code: 'lost', kind: 'ambiguous', owner: 'channel', advice: 'Wait.' }),
        );
      },
    };
    const refusing: OrderPort = {
      ...desk.port,
      tell: async (messages, key) => {
        keys.push(key);
        const issues = [
          { severity: 'error' as const, code: 'x', origin: 'channel' as const, message: 'too late' },
        ];
        return {
          handle: null,
          verdicts: messages.map(({ reference, orderExternalId }) => ({
            reference,
            orderExternalId,
            outcome: 'rejected' as const,
            issues,
          })),
        };
      },
    };
    await command(shop, 'shop-cancel', { storeId });
    clock.advance(60_000);
    await collectShipments(desk);
    await tellChannel({ ...desk, port: deaf });
    clock.advance(600_000);
    expect(await tellChannel({ ...desk, port: refusing })).toMatchObject({ due: 1, rejected: 1 });
    expect(new Set(keys).size).toBe(1);
    expect(await open_()).toEqual([`${id} message_refused`]);
    const place = { channel: MARKET, externalId: id };
    const closing = { code: null, retry: true, by: 'operator', now: clock.now() };
    await desk.database.transaction((tx) => resolveExceptions(tx, place, closing));
    await round();
    expect(await marketOrder(id)).toMatchObject({ status: 'cancelled' });
  });

  it('leave an order to a person who takes it over, and place one that is pushed whatever the policy', async () => {
    const { sink } = desk.storefront ?? {};
    if (!sink) throw new Error('no sink');
    desk = { ...desk, storefront: { id: 'shop', sink, policy: 'none' } };
    const id =
      market.simulator.placeOrder?.({ lines: [{ sku: 'SHIRT-S', quantity: 1, unitPrice: '1.00' }] }) ?? '';
    await round();
    expect(await shopOrders()).toEqual([]);
    const place = { channel: MARKET, externalId: id };
    const hand = { by: 'ops', now: clock.now(), placing: 'none' as const };
    await desk.database.transaction((tx) => pushOrder(tx, place, hand));
    await desk.database.transaction((tx) => takeOver(tx, place, hand));
    await round();
    expect(await shopOrders()).toEqual([]);
    await desk.database.transaction((tx) => pushOrder(tx, place, hand));
    await round();
    expect(await shopOrders()).toHaveLength(1);
    const pushing = desk.database.transaction((tx) => pushOrder(tx, place, hand));
    await expect(pushing).rejects.toMatchObject({ code: 'already_placed' });
  });

  it('are a readable life of the order', async () => {
    const { id, storeId } = await buy(1);
    await parcel(storeId, 'p', 1);
    await round();
    const life = await orderLife(desk.database, { channel: MARKET, externalId: id });
    const told = life?.timeline.map(({ what }) => what.replace(/, changed there .*/, '')) ?? [];
    for (const what of [
      'bought at the channel',
      'read from the channel: open',
      `placed in shop as ${storeId}`,
      'acknowledgement (acknowledge): accepted',
      'parcel p left with UPS 1Zp',
      'parcel p announced to the channel',
    ])
      expect(told).toContain(what);
    expect(await orderLife(desk.database, { channel: MARKET, externalId: 'X' })).toBeNull();
  });
});
