import { describe, expect, it } from 'vitest';
import {
  GUARD_LIMITS,
  guard,
  priceHold,
  pricesHold,
  readStoredPrices,
  storedPrices,
} from '../../src/sync/guard.js';
import { type ListingRecord, newRecord } from '../../src/sync/listing-record.js';
import { planOf } from '../../src/sync/plan.js';

const now = '2026-11-24T12:00:00.000Z';
const context = { channel: 'google-us', known: 0, desired: 0, limits: GUARD_LIMITS, released: null };

function record(id: number, sku: string, facts: Partial<ListingRecord>): ListingRecord {
  return { ...newRecord('google-us', id, sku), ...facts };
}
const fresh = { state: 'listed', content_rev: 'c', offer_rev: 'o' } as const;
const removable = { state: 'gone', owned: 1, verdict: 'live' } as const;

describe('a publish plan', () => {
  it('lists urgent changes first and then by SKU, whatever the order of the records', () => {
    const records = [record(3, 'C', fresh), record(1, 'B', { ...fresh, urgent: 1 }), record(2, 'A', fresh)];
    const plan = planOf(records, now, context);
    expect(plan.entries.map((entry) => entry.sku)).toEqual(['B', 'A', 'C']);
    expect(planOf([...records].reverse(), now, context)).toEqual(plan);
  });

  it('has another checksum as soon as one change is another one', () => {
    const one = planOf([record(1, 'A', fresh)], now, context).checksum;
    expect(planOf([record(1, 'A', { ...fresh, content_rev: 'd' })], now, context).checksum).not.toBe(one);
    expect(planOf([record(1, 'B', fresh)], now, context).checksum).not.toBe(one);
  });

  it('says create, update, offer or remove', () => {
    const live = {
      ...fresh,
      owned: 1,
      verdict: 'live',
      verdict_content_rev: 'c',
      verdict_offer_rev: 'old',
    } as const;
    const records = [
      record(1, 'A', fresh),
      record(2, 'B', live),
      record(3, 'C', { ...live, content_rev: 'new' }),
      record(4, 'D', removable),
    ];
    expect(planOf(records, now, context).entries.map((entry) => entry.change)).toEqual([
      'create',
      'offer',
      'update',
      'remove',
    ]);
  });

  it('holds removals, and only these, when too many of the known listings would go', () => {
    const records = [...Array(4).keys()].map((n) => record(n, `GONE-${n}`, removable));
    const plan = planOf([...records, record(9, 'NEW', fresh)], now, { ...context, known: 12, desired: 9 });
    expect(plan.holds).toMatchObject([
      { code: 'too_many_removals', message: 'would remove 4 of 12 known listings' },
    ]);
    expect(plan.entries.filter((entry) => entry.held === null).map((entry) => entry.sku)).toEqual(['NEW']);
  });

  it('opens the guards for the checksum that was reviewed, and for no other', () => {
    const records = [...Array(12).keys()].map((n) => record(n, `GONE-${n}`, removable));
    const guarded = planOf(records, now, { ...context, known: 12, desired: 0 });
    const released = planOf(records, now, { ...context, known: 12, desired: 0, released: guarded.checksum });
    expect(released.entries.every((entry) => entry.held === null)).toBe(true);
    const other = planOf(records.slice(1), now, {
      ...context,
      known: 12,
      desired: 0,
      released: guarded.checksum,
    });
    expect(other.entries.every((entry) => entry.held !== null)).toBe(true);
  });

  it('holds a single price that moved too far, and stops everything when many did', () => {
    const typo = { ...fresh, owned: 1, sent_price: '4999 EUR', price: '49 EUR' } as const;
    const many = [...Array(30).keys()].map((n) => record(n, `OK-${n}`, fresh));
    const one = planOf([record(99, 'TYPO', typo), ...many], now, context);
    expect(one.entries.filter((entry) => entry.held !== null)).toMatchObject([
      { sku: 'TYPO', held: 'the price moved by -99 %' },
    ]);
    const slips = [...Array(10).keys()].map((n) => record(100 + n, `TYPO-${n}`, typo));
    const all = planOf([...slips, ...many], now, context);
    expect(all.holds).toMatchObject([{ code: 'too_many_price_changes' }]);
    expect(all.entries.every((entry) => entry.held !== null)).toBe(true);
  });
});

describe('the guards', () => {
  const facts = { known: 100, desired: 80, removals: 0, changes: 0, priceHolds: 0 };
  it.each([
    ['lets 30 % go', { removals: 30 }, []],
    ['holds 31 %', { removals: 31 }, ['too_many_removals']],
    ['does not count shares of nine listings', { known: 9, removals: 9 }, []],
    ['holds everything going at once', { desired: 0, removals: 100 }, ['nothing_desired']],
    [
      'holds the very last ones going, however few they are',
      { desired: 0, removals: 1 },
      ['nothing_desired'],
    ],
    ['lets 5 % of odd prices be held one by one', { changes: 100, priceHolds: 5 }, []],
    ['stops a plan with more odd prices', { changes: 100, priceHolds: 6 }, ['too_many_price_changes']],
  ] as const)('%s', (_title, change, codes) => {
    expect(guard({ ...facts, ...change }).map((hold) => hold.code)).toEqual(codes);
  });

  const eur = (minor: number) => ({ minor, currency: 'EUR' });
  it.each([
    ['a fall of 40 %', eur(1000), eur(600), null],
    ['a deeper fall', eur(1000), eur(599), 'the price moved by -40 %'],
    ['a doubled price', eur(1000), eur(2000), null],
    ['a higher rise', eur(1000), eur(2011), 'the price moved by +101 %'],
    ['a price of zero', eur(1000), eur(0), 'the price is zero or below'],
    ['a first price of zero', null, eur(0), 'the price is zero or below'],
    ['a first price', null, eur(1), null],
    ['a slip of the decimal point', eur(1999), eur(199900), 'the price moved by +9900 %'],
    ['another currency', eur(1000), { minor: 1000, currency: 'USD' }, 'the currency changed from EUR to USD'],
    ['a channel without prices', eur(1000), null, null],
  ])('%s', (_title, previous, next, expected) => {
    expect(priceHold(previous, next)).toBe(expected);
  });
});

describe('the price guard', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' });
  it.each([
    ['lets a sale begin', '2500 EUR', '2000 EUR of 2500 EUR', null],
    ['lets a sale end', '2000 EUR of 2500 EUR', '2500 EUR', null],
    [
      'holds a price that jumps behind an unchanged sale price',
      '2000 EUR of 2500 EUR',
      '2000 EUR of 250000 EUR',
      'the price moved by +9900 %, behind the sale price',
    ],
    [
      'holds a sale price that is a typo',
      '2000 EUR of 2500 EUR',
      '20 EUR of 2500 EUR',
      'the price moved by -99 %',
    ],
    [
      'holds a price of zero behind a sale price',
      null,
      '2000 EUR of 0 EUR',
      'the price is zero or below, behind the sale price',
    ],
  ])('%s', (_title, before, after, expected) => {
    expect(pricesHold(readStoredPrices(before), readStoredPrices(after))).toBe(expected);
  });

  it('reads prices as they were written', () => {
    for (const [pays, regular] of [
      [eur(1999), eur(2499)],
      [eur(1999), eur(1999)],
      [eur(1999), null],
    ] as const)
      expect(readStoredPrices(storedPrices(pays, regular))).toEqual({ pays, regular: regular ?? pays });
    expect(storedPrices(null, eur(1))).toBeNull();
  });
});
