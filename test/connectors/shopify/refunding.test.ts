import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldOrder } from '../../../connectors/shopify/simulator/order-book.js';
import type { RefundToBook } from '../../../src/domain/store-order.js';
import { line, order } from '../../orders/order-bench.js';
import { openStage, type Stage } from './support.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const EARLY = '2026-11-01T08:00:00.000Z';
const ORDER = order('A', {
  lines: [
    line('L1', { quantity: 3, unitPrice: usd(334), discount: usd(2) }),
    line('L2', { sku: 'MUG', quantity: 2, unitPrice: usd(720) }),
  ],
  shippingPrice: usd(400),
  total: usd(2_840),
});

describe('booking a refund of the channel in Shopify', () => {
  let stage: Stage;
  let held: HeldOrder;
  beforeEach(async () => {
    stage = await openStage();
    const sink = stage.sink();
    await sink.find('market:A', EARLY);
    await sink.place({ key: 'market:A', channel: 'market', order: ORDER, draft: null });
    const [placed] = stage.book.orders;
    if (!placed) throw new Error('nothing was placed');
    held = placed;
    stage.book.fulfil(held, { company: 'UPS', number: '1Z1' });
  });
  afterEach(() => stage.stop());

  const refund = (changes: Partial<RefundToBook> = {}): RefundToBook => ({
    storeId: held.id,
    orderKey: 'market:A',
    key: 'market:A:return:R1',
    channel: 'market',
    at: EARLY,
    reason: 'returned',
    amount: usd(1_000),
    lines: [{ lineExternalId: 'L1', sku: 'SHIRT-S', quantity: 3, amount: usd(1_000), restockAt: null }],
    ...changes,
  });
  const book = (changes: Partial<RefundToBook> = {}, settings = {}) =>
    stage.sink(settings).refund?.(refund(changes));
  const levels = () => stage.shop.products.map(({ variants }) => variants[0]?.levels[0]?.available);

  it('writes down exactly the channel’s money, over both lines Shopify holds for one, pays nobody and writes to nobody', async () => {
    const before = levels();
    const answer = await book({ amount: usd(1_100), shipping: usd(100) });
    expect(answer).toMatchObject({ booked: true, left: [] });
    expect(held.refunds).toMatchObject([
      { amount: 1_100, shipping: 100, note: 'omnifeed market:A:return:R1' },
    ]);
    expect(held.refunds[0]?.lines.map(({ quantity, restockType }) => [quantity, restockType])).toEqual([
      [2, 'NO_RESTOCK'],
      [1, 'NO_RESTOCK'],
    ]);
    expect(held.transactions.filter(({ kind }) => kind === 'REFUND')).toMatchObject([
      { gateway: 'market', amount: 1_100, parentId: held.transactions[0]?.id },
    ]);
    expect(levels()).toEqual(before);
    expect(stage.shop.outbox).toEqual([]);
    const [read] = await stage.sink().read([held.id]);
    expect(read?.refunds).toMatchObject([
      { reference: answer?.reference, key: 'market:A:return:R1', amount: usd(1_100) },
    ]);
    expect(read?.cancelledUnits).toEqual([]);
  });

  it('books once although the answer was lost and Shopify has forgotten the key', async () => {
    stage.running.faults.add({ kind: 'drop-after', match: '#RefundOrder' });
    await expect(book()).rejects.toMatchObject({ kind: 'ambiguous' });
    stage.running.world.keys.clear();
    expect(await book()).toMatchObject({ booked: true, reference: held.refunds[0]?.id });
    expect(held.refunds).toHaveLength(1);
  });

  it('counts units up where they came back to, only where the shop counts and knows the place', async () => {
    const [warehouse] = stage.shop.locations;
    const at = warehouse?.id.split('/').at(-1) ?? '';
    const [shirts] = levels();
    const lines = (restockAt: string) => [
      { lineExternalId: 'L1', sku: 'SHIRT-S', quantity: 1, amount: usd(334), restockAt },
    ];
    await book({ key: 'k1', amount: usd(334), lines: lines(at) });
    expect(levels()[0]).toBe((shirts ?? 0) + 1);
    await book({ key: 'k2', amount: usd(334), lines: lines(at) }, { stockOwner: 'elsewhere' });
    const strange = await book({ key: 'k3', amount: usd(334), lines: lines('berlin') });
    expect(strange).toMatchObject({ booked: true, left: [{ code: 'count_by_hand' }] });
    expect(levels()[0]).toBe((shirts ?? 0) + 1);
  });

  it('books money for nothing that came back without touching a unit', async () => {
    const lines = [{ lineExternalId: 'L2', sku: 'MUG', quantity: 0, amount: usd(50), restockAt: null }];
    expect(await book({ amount: usd(50), lines })).toMatchObject({ booked: true });
    expect(held.refunds).toMatchObject([{ amount: 50, lines: [] }]);
  });

  it('leaves an order that was paid in another way to a person: there money would move', async () => {
    const [sale] = held.transactions;
    if (!sale) throw new Error('not paid');
    held.transactions.splice(0, 1, { ...sale, gateway: 'shopify_payments' });
    expect(await book()).toMatchObject({ booked: false, left: [{ code: 'paid_otherwise' }] });
    expect(held.refunds).toEqual([]);
    expect(stage.shop.outbox).toEqual([]);
  });

  it('leaves more than is left of the payment, or of the units, to a person', async () => {
    expect(await book({ amount: usd(2_841) })).toMatchObject({
      booked: false,
      left: [{ code: 'more_than_paid' }],
    });
    const lines = [{ lineExternalId: 'L2', sku: 'MUG', quantity: 3, amount: usd(1), restockAt: null }];
    expect(await book({ lines, amount: usd(1) })).toMatchObject({
      booked: false,
      left: [{ code: 'units_missing' }],
    });
    expect(await book({ storeId: 'gid://shopify/Order/1' })).toMatchObject({
      booked: false,
      left: [{ code: 'store_order_missing' }],
    });
    expect(held.refunds).toEqual([]);
  });

  it('reads the others though one order cannot be read, which a person looks at', async () => {
    const sink = stage.sink();
    await sink.place({
      key: 'market:B',
      channel: 'market',
      order: { ...ORDER, externalId: 'B' },
      draft: null,
    });
    const other = stage.book.orders[1];
    if (!other) throw new Error('nothing was placed');
    Object.assign(held, { sourceIdentifier: null, name: 12 as never, total: 1.5 });
    const orders = await sink.read([held.id, other.id]);
    expect(orders).toMatchObject([
      { storeId: held.id, needsPerson: expect.stringContaining('cannot be read') },
      { storeId: other.id, cancelled: false },
    ]);
    expect(orders[1]?.needsPerson).toBeUndefined();
  });
});
