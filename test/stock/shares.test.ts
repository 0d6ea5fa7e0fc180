import { describe, expect, it } from 'vitest';
import type { Allocation } from '../../src/domain/stock.js';
import { channelStock, type StockFacts } from '../../src/stock/available.js';
import { type RuledChannel, shareOf, strictPoolOf } from '../../src/stock/shares.js';

const channel = (id: string, allocation: Allocation, locations?: readonly string[]): RuledChannel => ({
  id,
  stock: { allocation, safetyStock: 0, ...(locations === undefined ? {} : { locations }) },
});
const facts = (onHand: number, more: Partial<StockFacts> = {}): StockFacts => ({
  levels: [{ location: 'main', onHand }],
  reserved: 0,
  ...more,
});
const offers = (channels: readonly RuledChannel[], stock: StockFacts) =>
  Object.fromEntries(
    channels.map((each) => [each.id, channelStock(stock, shareOf(channels, each)).available]),
  );

describe('how channels share', () => {
  it('sets units aside for those that reserve them, the first named first, and offers the rest to the others', () => {
    const all = [
      channel('a', { mode: 'reserve', units: 4 }),
      channel('shop', { mode: 'shared' }),
      channel('b', { mode: 'reserve', units: 3 }),
    ];
    expect(offers(all, facts(10))).toEqual({ a: 4, shop: 3, b: 3 });
    expect(offers(all, facts(5))).toEqual({ a: 4, shop: 0, b: 1 });
  });

  it('offers a part, and never more than the cap', () => {
    const all = [
      channel('a', { mode: 'percent', percent: 50, cap: 3 }),
      channel('b', { mode: 'shared', cap: 2 }),
    ];
    expect(offers(all, facts(5))).toEqual({ a: 2, b: 2 });
    expect(offers(all, facts(9))).toEqual({ a: 3, b: 2 });
  });

  it('leaves the last two units to the keeper unless another number is said', () => {
    const keeper = { mode: 'shared', keeper: 'a' } as const;
    const all = [channel('a', keeper), channel('b', keeper)];
    expect(offers(all, facts(3))).toEqual({ a: 3, b: 3 });
    expect(offers(all, facts(2))).toEqual({ a: 2, b: 0 });
    expect(
      offers(
        all.map(({ id }) => channel(id, { ...keeper, lastUnits: 0 })),
        facts(1),
      ),
    ).toEqual({ a: 1, b: 1 });
  });

  it('gives a strict channel its allotment and nothing while it is closed, and the others what no strict one holds', () => {
    const all = [
      channel('a', { mode: 'strict', percent: 50 }),
      channel('b', { mode: 'strict', percent: 30 }),
      channel('shop', { mode: 'shared' }),
    ];
    const allotments = [
      { channel: 'a', state: 'open', units: 5, sold: 1 },
      { channel: 'b', state: 'closing', units: 3, sold: 0 },
    ] as const;
    expect(offers(all, facts(10, { reserved: 1, allotments }))).toEqual({ a: 4, b: 0, shop: 2 });
    expect(offers(all, facts(10))).toEqual({ a: 0, b: 0, shop: 10 });
  });

  it('does not count what is reserved or held at other locations', () => {
    const all = [
      channel('a', { mode: 'reserve', units: 4 }, ['store']),
      channel('s', { mode: 'strict', percent: 100 }, ['store']),
      channel('web', { mode: 'shared' }, ['main']),
    ];
    const allotments = [{ channel: 's', state: 'open', units: 5, sold: 0 }] as const;
    expect(offers(all, facts(10, { allotments })).web).toBe(10);
  });

  it('pools strict channels of the same locations under the largest safety stock', () => {
    const all = [
      channel('a', { mode: 'strict', percent: 50 }),
      { id: 'b', stock: { allocation: { mode: 'strict', percent: 30 }, safetyStock: 2 } } as const,
      channel('shop', { mode: 'shared' }),
    ];
    expect(strictPoolOf(all, all[0]!)).toEqual({
      shares: [
        { channel: 'a', percent: 50 },
        { channel: 'b', percent: 30 },
      ],
      safetyStock: 2,
    });
    expect(strictPoolOf(all, all[2]!)).toBeNull();
  });
});
