import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldOrder } from '../../../connectors/woocommerce/simulator/order-book.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import type { RefundToBook } from '../../../src/domain/store-order.js';
import { line, order } from '../../orders/order-bench.js';
import { openStage, type Stage } from './support.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const EARLY = '2026-11-01T08:00:00.000Z';
const BOUGHT: Partial<ChannelOrder> = {
  lines: [
    line('L1', { quantity: 3, unitPrice: usd(334), discount: usd(2) }),
    line('L2', { sku: 'MUG', quantity: 2, unitPrice: usd(720) }),
  ],
  shippingPrice: usd(400),
  total: usd(2_840),
};

describe('booking a refund of the channel in WooCommerce', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.stop());

  const placed = async (changes: Partial<ChannelOrder> = {}, settings = {}): Promise<HeldOrder> => {
    const bought = order('A', { ...BOUGHT, ...changes });
    await stage.sink(settings).place({ key: 'market:A', channel: 'market', order: bought, draft: null });
    const [held] = stage.book.orders;
    if (!held) throw new Error('nothing was placed');
    return held;
  };
  const refund = (held: HeldOrder, changes: Partial<RefundToBook> = {}): RefundToBook => ({
    storeId: String(held.id),
    orderKey: 'market:A',
    key: 'market:A:return:R1',
    channel: 'market',
    at: EARLY,
    reason: 'returned',
    amount: usd(333),
    lines: [{ lineExternalId: 'L1', sku: 'SHIRT-S', quantity: 1, amount: usd(333), restockAt: null }],
    ...changes,
  });
  const book = (held: HeldOrder, changes: Partial<RefundToBook> = {}) =>
    stage.sink().refund?.(refund(held, changes));

  it('writes down exactly the channel’s money, asks no gateway, counts nothing up, and takes no units out of the order', async () => {
    const held = await placed();
    const answer = await book(held, { amount: usd(433), shipping: usd(100) });
    expect(answer).toMatchObject({ booked: true, left: [] });
    expect(held.refunds).toMatchObject([
      {
        amount: 4.33,
        lines: [
          { quantity: 1, total: 3.33, tax: 0 },
          { quantity: 0, total: 1, line: { kind: 'shipping' } },
        ],
      },
    ]);
    expect(stage.shirt.quantity).toBe(7);
    const [read] = await stage.sink().read([String(held.id)]);
    expect(read?.refunds).toMatchObject([
      {
        reference: answer?.reference,
        key: 'market:A:return:R1',
        amount: usd(433),
        shipping: usd(100),
        lines: [{ lineExternalId: 'L1', quantity: 1 }],
      },
    ]);
    expect(read?.cancelledUnits).toEqual([]);
    expect(stage.shop.outbox).toEqual(['new_order merchant']);
  });

  it.each(['drop-before', 'drop-after'] as const)(
    'books once although the answer is lost (%s)',
    async (kind) => {
      const held = await placed();
      stage.running.faults.add({ kind, match: 'POST /wp-json/wc/v3/orders' });
      await expect(book(held)).rejects.toMatchObject({ kind: 'ambiguous' });
      expect(await book(held)).toMatchObject({ booked: true });
      expect(await book(held)).toMatchObject({ booked: true });
      expect(held.refunds).toHaveLength(1);
    },
  );

  it('splits the amount into goods and tax as the line is, to the last cent', async () => {
    stage.shop.pricesIncludeTax = true;
    stage.shop.rates.push({ id: 1, country: 'DE', class: '', percent: 19, onShipping: true });
    const buyer = { name: 'A', address: { lines: ['1'], city: 'B', country: 'DE' } };
    const lines = [line('L1', { quantity: 3, unitPrice: usd(1_000), tax: usd(479) })];
    const bought = { lines, shippingPrice: usd(0), total: usd(3_000), tax: usd(479), buyer };
    const held = await placed(bought, { taxMode: 'shop-rates' });
    await book(held, {
      amount: usd(1_000),
      lines: [{ lineExternalId: 'L1', sku: 'SHIRT-S', quantity: 1, amount: usd(1_000), restockAt: null }],
    });
    expect(held.refunds).toMatchObject([{ amount: 10, lines: [{ total: 8.4, tax: 1.6 }] }]);
  });

  it('counts units up when all of the refund came back, and has a person count when only some did', async () => {
    const held = await placed();
    const shirt = {
      lineExternalId: 'L1',
      sku: 'SHIRT-S',
      quantity: 1,
      amount: usd(333),
      restockAt: 'default',
    };
    const mug = { lineExternalId: 'L2', sku: 'MUG', quantity: 1, amount: usd(720), restockAt: null };
    expect(await book(held, { key: 'k1', lines: [shirt] })).toMatchObject({ booked: true, left: [] });
    expect(stage.shirt.quantity).toBe(8);
    const mixed = await book(held, { key: 'k2', amount: usd(1_053), lines: [shirt, mug] });
    expect(mixed).toMatchObject({ booked: true, left: [{ code: 'count_by_hand' }] });
    expect(stage.shirt.quantity).toBe(8);
  });

  it('leaves more than is left of the order, or of its units, to a person', async () => {
    const held = await placed();
    expect(await book(held, { amount: usd(2_841) })).toMatchObject({
      booked: false,
      left: [{ code: 'more_than_paid' }],
    });
    const four = { lineExternalId: 'L1', sku: 'SHIRT-S', quantity: 4, amount: usd(333), restockAt: null };
    expect(await book(held, { lines: [four] })).toMatchObject({
      booked: false,
      left: [{ code: 'units_missing' }],
    });
    expect(held.refunds).toEqual([]);
  });
});
