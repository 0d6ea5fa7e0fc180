import { expect, it } from 'vitest';
import { variantsBySku } from '../../src/catalog/store.js';
import type { Database } from '../../src/db/database.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import type { StoreRefund } from '../../src/domain/store-order.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import { listExceptions } from '../../src/orders/exceptions.js';
import { messagesOf } from '../../src/orders/order-messages.js';
import { orderLife } from '../../src/orders/timeline.js';
import type { FulfilDesk } from '../../src/stores/fulfil-desk.js';
import type { GoodsBack } from '../../src/stores/goods-back.js';
import { nextReturn, returnInStore, type TakenReturn } from '../../src/stores/return-in-store.js';
import { CHANNEL, deskWith, line, order, takeUnplaced } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { count, fulfilDesk, location } from './support.js';

const PLACE = { channel: CHANNEL, externalId: 'A' };
const BERLIN = location('berlin', { uses: ['return'] });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const SHIPPED: Partial<ChannelOrder> = {
  status: 'shipped',
  total: usd(5_997),
  lines: [line('1', { quantity: 3, quantityShipped: 3, unitPrice: usd(1_999) })],
};

onEachDatabase('goods brought back to a store', (open) => {
  async function house(changes: Partial<FulfilDesk> = {}, sold = SHIPPED): Promise<FulfilDesk> {
    const { database } = await open();
    await fillCatalog(database, smallCatalog(), handClock());
    await takeUnplaced(database, [order('A', sold)]);
    return fulfilDesk(database, [BERLIN, location('depot')], changes);
  }
  const bring = (desk: FulfilDesk, changes: Partial<GoodsBack> = {}): Promise<TakenReturn | null> =>
    desk.database.transaction((tx) =>
      returnInStore(tx, desk, {
        externalId: 'A',
        location: BERLIN,
        reference: 'R1',
        units: [{ sku: 'SHIRT-S', quantity: 1 }],
        restock: true,
        money: 'paid',
        shipping: null,
        by: 'ops',
        ...changes,
      }),
    );
  const refunds = async (database: Database): Promise<unknown> =>
    (await messagesOf(database, PLACE))
      .flatMap((message) =>
        message.kind === 'refund'
          ? message.lines.map(
              ({ quantity, item }) => `${message.reference} ${message.state}: ${quantity} for ${item?.minor}`,
            )
          : [],
      )
      .sort();
  const open_ = async (database: Database): Promise<unknown> =>
    (await listExceptions(database, null, 50)).map(({ code }) => code).sort();
  const onHand = async (database: Database): Promise<unknown> =>
    (await variantsBySku(database, ['SHIRT-S']))[0]?.stock.levels.find((level) => level.location === 'berlin')
      ?.onHand;

  it('go back on the shelves and have their money given back at the channel, once per reference', async () => {
    const desk = await house();
    await count(desk.database, { 'SHIRT-S': { berlin: 4 } });
    const before = (await variantsBySku(desk.database, ['SHIRT-S']))[0]?.seq ?? 0;
    expect(await bring(desk)).toMatchObject({ goods: { counted: ['SHIRT-S'] }, money: { way: 'told' } });
    expect(await bring(desk)).toBeNull();
    expect(await refunds(desk.database)).toEqual(['return:R1 pending: 1 for 1999']);
    expect(await onHand(desk.database)).toBe(5);
    expect((await variantsBySku(desk.database, ['SHIRT-S']))[0]?.seq).toBeGreaterThan(before);
    const ledger = await desk.database.all(
      "SELECT before, after, cause FROM stock_movement WHERE cause LIKE 'return:%'",
    );
    expect(ledger).toEqual([{ before: 4, after: 5, cause: `return:${CHANNEL}/A/R1` }]);
    const life = await orderLife(desk.database, PLACE);
    expect(life?.lines).toMatchObject([{ returned: 1 }]);
    expect(life?.timeline.map(({ what }) => what)).toContain(
      '1 came back to berlin (R1), put back on the shelves, says ops',
    );
    expect(await open_(desk.database)).toEqual([]);
  });

  it('are written off when they cannot be sold again', async () => {
    const desk = await house();
    await count(desk.database, { 'SHIRT-S': { berlin: 4 } });
    expect(await bring(desk, { restock: false })).toMatchObject({ goods: null });
    expect(await onHand(desk.database)).toBe(4);
  });

  it('are left to the source that counts there, which would tell them again', async () => {
    const desk = await house({ sources: ['erp'] });
    await count(desk.database, { 'SHIRT-S': { berlin: 4 } }, 'erp');
    expect(await bring(desk)).toMatchObject({
      goods: { counted: [], others: [{ sku: 'SHIRT-S', owner: 'erp' }] },
    });
    expect(await onHand(desk.database)).toBe(4);
  });

  it('are no more than have left, and come back once', async () => {
    const desk = await house();
    const again = { sku: 'SHIRT-S', quantity: 2 };
    await bring(desk);
    await expect(bring(desk, { reference: 'R2', units: [{ ...again, quantity: 3 }] })).rejects.toMatchObject({
      code: 'not_bought',
    });
    expect(await desk.database.transaction((tx) => nextReturn(tx, PLACE))).toBe('return-2');
    await bring(desk, { reference: 'R2', units: null });
    expect(await refunds(desk.database)).toEqual([
      'return:R1 pending: 1 for 1999',
      'return:R2 pending: 2 for 3998',
    ]);
    await expect(bring(desk, { reference: 'R3', units: null })).rejects.toMatchObject({
      code: 'nothing_to_return',
    });
    await expect(bring(desk, { reference: 'R3', location: location('depot') })).rejects.toMatchObject({
      code: 'no_returns_there',
    });
  });

  it('are not taken for an order that has not left, nor for one the channel ships itself', async () => {
    const desk = await house({}, {});
    await expect(bring(desk)).rejects.toMatchObject({ code: 'not_bought' });
    await takeUnplaced(desk.database, [order('FBA', { ...SHIPPED, fulfilledBy: 'channel' })]);
    await expect(bring(desk, { externalId: 'FBA' })).rejects.toMatchObject({ code: 'not_ours' });
  });

  it('wait for a confirmation where the channel takes no undoing, and for a person where it takes no refunds', async () => {
    const amazon = await house({ confirms: ['refund'] });
    expect(await bring(amazon)).toMatchObject({ money: { way: 'to-confirm' } });
    expect(await refunds(amazon.database)).toEqual(['return:R1 held: 1 for 1999']);
    expect((await listExceptions(amazon.database, null, 5))[0]).toMatchObject({
      code: 'refund_to_confirm',
      message: expect.stringContaining('19.99 USD'),
    });
    const mute = await house({ tells: [] });
    expect(await bring(mute)).toMatchObject({ money: { way: 'person' } });
    expect(await open_(mute.database)).toEqual(['refund_at_channel']);
  });

  it('have their money given back by a person where the channel gave some back already', async () => {
    const lines = [
      line('1', { quantity: 3, quantityShipped: 3, quantityRefunded: 1, unitPrice: usd(1_999) }),
    ];
    const desk = await house({}, { ...SHIPPED, lines });
    expect(await bring(desk)).toMatchObject({ money: { way: 'person' } });
    expect(await refunds(desk.database)).toEqual([]);
  });

  it('change nothing when the amount is not clear, until a person says it', async () => {
    const taxed = [line('1', { quantity: 3, quantityShipped: 3, unitPrice: usd(1_999), tax: usd(480) })];
    const desk = await house({}, { ...SHIPPED, lines: taxed, total: usd(7_777) });
    await expect(bring(desk)).rejects.toMatchObject({ code: 'amount_unclear' });
    expect(await desk.database.all('SELECT reference FROM order_return')).toEqual([]);
    await bring(desk, { money: usd(2_100) });
    expect(await refunds(desk.database)).toEqual(['return:R1 pending: 1 for 2100']);
    expect(await bring(desk, { reference: 'R2', money: 'none' })).toMatchObject({ money: { way: 'none' } });
  });

  it('have shipping given back when it is stated, never more than was charged and is still there', async () => {
    const lines = [
      line('1', { quantity: 2, quantityShipped: 2, unitPrice: usd(1_999), shipping: usd(300) }),
      line('2', { sku: '00012345', quantityShipped: 1, unitPrice: usd(4_950), shipping: usd(200) }),
    ];
    const desk = await house({}, { ...SHIPPED, lines, shippingPrice: usd(500) });
    const shipping = async () =>
      (await messagesOf(desk.database, PLACE)).flatMap((message) =>
        message.kind === 'refund'
          ? message.lines.map(
              (each) =>
                `${message.reference} ${each.lineExternalId}: ${each.quantity} for ${each.item?.minor ?? 0} + ${each.shipping?.minor ?? 0}`,
            )
          : [],
      );
    await expect(bring(desk, { shipping: usd(501) })).rejects.toMatchObject({
      code: 'shipping_too_much',
      message: expect.stringContaining('5.00 USD can still be given back'),
    });
    await expect(bring(desk, { shipping: { minor: 1, currency: 'EUR' } })).rejects.toMatchObject({
      code: 'amount_unclear',
    });
    await bring(desk, { shipping: usd(350) });
    expect(await shipping()).toEqual(['return:R1 1: 1 for 1999 + 300', 'return:R1 2: 0 for 0 + 50']);
    await expect(bring(desk, { reference: 'R2', shipping: usd(151) })).rejects.toMatchObject({
      message: expect.stringContaining('1.50 USD'),
    });
    await desk.database.run("UPDATE order_message SET state = 'rejected'");
    await bring(desk, { reference: 'R2', money: 'none', shipping: usd(500) });
    expect((await shipping()).slice(2)).toEqual(['return:R2 1: 0 for 0 + 300', 'return:R2 2: 0 for 0 + 200']);
  });

  it('have no shipping given back that nobody knows of, and that of the order as a whole on the line that came back', async () => {
    const desk = await house();
    await expect(bring(desk, { shipping: usd(1) })).rejects.toMatchObject({ code: 'amount_unclear' });
    const whole = await house({}, { ...SHIPPED, shippingPrice: usd(500) });
    await bring(whole, { shipping: usd(500) });
    const [message] = await messagesOf(whole.database, PLACE);
    expect(message?.kind === 'refund' && message.lines).toMatchObject([
      { lineExternalId: '1', quantity: 1, item: usd(1_999), shipping: usd(500) },
    ]);
  });

  it('are booked in the shop by a person, and the shop’s refund of them is not told a second time', async () => {
    const desk = await house();
    await desk.database.run(
      `INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, placed_at) VALUES (?, 'A', 'shop', 'k', 'S-1', 'placed', '2026-11-01')`,
      [CHANNEL],
    );
    await bring(desk);
    expect(await open_(desk.database)).toEqual(['return_in_shop']);
    const refund = (reference: string, quantity: number): StoreRefund => ({
      reference,
      at: '2026-11-03',
      amount: usd(1_999 * quantity),
      lines: [{ sku: 'SHIRT-S', quantity, amount: usd(1_999 * quantity), returned: true }],
    });
    const read = (given: readonly StoreRefund[]) => async () => {
      const never = (): Promise<never> => Promise.reject(new Error('the shop is only read'));
      const found = [{ storeId: 'S-1', cancelled: false, shipments: [], refunds: given }];
      const shop = deskWith(desk.database, { find: never, place: never, read: async () => found });
      await desk.database.run('UPDATE order_link SET read_at = NULL');
      await collectShipments({ ...shop, port: { ...shop.port, tells: desk.tells } });
    };
    await read([refund('S-R1', 1)])();
    await read([refund('S-R1', 1)])();
    expect(await refunds(desk.database)).toEqual(['return:R1 pending: 1 for 1999']);
    expect(await open_(desk.database)).toEqual([]);
    await read([refund('S-R1', 1), refund('S-R2', 2)])();
    expect(await refunds(desk.database)).toEqual([
      'refund:S-R2 pending: 2 for 3998',
      'return:R1 pending: 1 for 1999',
    ]);
  });
});
