import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenOrder } from '../../../connectors/vendure/sink/given-lines.js';
import { lineSteps } from '../../../connectors/vendure/sink/line-steps.js';
import type { ChannelOrder, OrderLine } from '../../../src/domain/order.js';

const jpy = (minor: number) => ({ minor, currency: 'JPY' });

function order(lines: readonly OrderLine[], more: Partial<ChannelOrder> = {}): ChannelOrder {
  return {
    externalId: 'O-1',
    status: 'open',
    fulfilledBy: 'merchant',
    placedAt: '2026-11-01T08:00:00.000Z',
    updatedAt: '2026-11-01T08:00:00.000Z',
    lines,
    raw: {},
    ...more,
  };
}

function line(externalId: string, quantity: number, minor: number, more: Partial<OrderLine> = {}): OrderLine {
  return {
    externalId,
    sku: externalId,
    quantity,
    quantityShipped: 0,
    quantityCancelled: 0,
    unitPrice: jpy(minor),
    ...more,
  };
}

describe('the amounts of an order for Vendure', () => {
  it('add up to what was paid, whatever the prices, discounts, tax and shipping', () => {
    const amount = fc.integer({ min: 0, max: 100_000 });
    const anyLine = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      price: amount,
      tax: amount,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const any = fc.record({
      lines: fc.array(anyLine, { minLength: 1, maxLength: 5 }),
      shipping: amount,
      shippingTax: amount,
      apart: fc.boolean(),
      off: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(any, ({ lines, shipping, shippingTax, apart, off }) => {
        const made = lines.map(({ quantity, price, tax, share }, at) => {
          const discount = Math.floor(quantity * price * share);
          return line(`L${at}`, quantity, price, { discount: jpy(discount), tax: jpy(tax) });
        });
        const net = lines.reduce(
          (sum, { quantity, price, share }) => sum + quantity * price - Math.floor(quantity * price * share),
          0,
        );
        const tax = lines.reduce((sum, each) => sum + each.tax, 0);
        const goods = net + (apart ? tax : 0);
        const discount = Math.floor(goods * off);
        const total = goods - discount + shipping + (apart ? shippingTax : 0);
        const given = givenOrder(
          order(made, {
            total: jpy(total),
            shippingPrice: jpy(shipping),
            shippingTax: jpy(shippingTax),
            discount: jpy(discount),
          }),
        );
        const sum = given.lines.reduce(
          (all, { quantity, unitPrice }) => all + quantity * (unitPrice ?? 0),
          0,
        );
        expect(sum + given.shipping).toBe(total);
        for (const { externalId, quantity } of made)
          expect(
            given.lines.filter(({ sku }) => sku === externalId).reduce((all, part) => all + part.quantity, 0),
          ).toBe(quantity);
      }),
      { numRuns: 300 },
    );
  });

  it('split a line that does not divide, and keep its rate as stated', () => {
    const parts = givenOrder(order([line('A', 3, 400, { discount: jpy(200), taxRate: '0.0825' })])).lines;
    expect(parts).toEqual([
      { channelLineId: 'A', sku: 'A', quantity: 2, unitPrice: 333, taxRate: 8.25 },
      { channelLineId: 'A', sku: 'A', quantity: 1, unitPrice: 334, taxRate: 8.25 },
    ]);
  });

  it('leave out what was cancelled before, and what has no price to the shop', () => {
    const { unitPrice: _none, ...unpriced } = line('C', 1, 0);
    expect(
      givenOrder(
        order([
          line('A', 2, 500, { quantityCancelled: 2 }),
          line('B', 3, 500, { quantityCancelled: 1 }),
          unpriced,
        ]),
      ).lines,
    ).toEqual([
      { channelLineId: 'B', sku: 'B', quantity: 2, unitPrice: 500, taxRate: null },
      { channelLineId: 'C', sku: 'C', quantity: 1, unitPrice: null, taxRate: null },
    ]);
  });
});

describe('a draft that an earlier attempt left', () => {
  const [given] = givenOrder(order([line('A', 2, 500)])).lines;
  const variants = new Map([['A', '7']]);
  const held = (id: string, quantity: number, channelUnitPrice: number) => ({
    id,
    quantity,
    productVariant: { id: '7' },
    customFields: { channelLineId: 'A', channelUnitPrice },
  });

  it('is gone on with: what is missing is added, what is too much or strange is taken out', () => {
    const lines = given === undefined ? [] : [given];
    const steps = (draft: readonly ReturnType<typeof held>[]) => lineSteps(lines, { lines: draft }, variants);
    expect(steps([])).toEqual([{ what: 'add', variant: '7', given }]);
    expect(steps([held('1', 2, 500)])).toEqual([]);
    expect(steps([held('1', 4, 500)])).toEqual([{ what: 'set', line: '1', quantity: 2 }]);
    expect(steps([held('1', 2, 499), held('2', 2, 500), held('3', 2, 500)])).toEqual([
      { what: 'remove', line: '1' },
      { what: 'remove', line: '3' },
    ]);
  });
});
