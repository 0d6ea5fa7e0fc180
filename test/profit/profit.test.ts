import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/domain/errors.js';
import type { KeptEstimate } from '../../src/profit/fee-estimate.js';
import type { FeeSchedule } from '../../src/profit/fee-schedule.js';
import {
  type ListingProfit,
  listingProfit,
  type ProfitSubject,
  type ProfitTerms,
} from '../../src/profit/listing-profit.js';
import { profitReport } from '../../src/profit/profit-report.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });

const RULE = {
  from: null,
  until: null,
  types: [],
  categories: [],
  upTo: null,
  millionths: 150_000,
  fixed: 0,
  minimum: null,
  maximum: null,
};
const SCHEDULE: FeeSchedule = {
  currency: 'USD',
  fees: [{ name: 'commission', rules: [RULE] }],
  shipping: null,
};
const TERMS: ProfitTerms = {
  taxPercent: 0,
  shipping: usd(400),
  schedule: SCHEDULE,
  canEstimate: true,
  channelShips: (fulfilledBy) => fulfilledBy === 'AMAZON_NA',
  day: '2026-11-25',
};
const SHIRT: ProfitSubject = {
  sku: 'SHIRT',
  title: 'Shirt',
  price: usd(2_000),
  cost: usd(700),
  product: {},
  kind: null,
  fulfilledBy: null,
  estimate: null,
};
const ESTIMATE: KeptEstimate = {
  outcome: 'estimated',
  price: usd(2_000),
  fulfilledBy: null,
  at: '2026-11-24T00:00:00.000Z',
  total: usd(340),
  lines: [{ name: 'ReferralFee', amount: usd(340) }],
  channelShips: false,
};

const worked = (subject: Partial<ProfitSubject> = {}, terms: Partial<ProfitTerms> = {}): ListingProfit =>
  listingProfit({ ...SHIRT, ...subject }, { ...TERMS, ...terms });
const gaps = (profit: ListingProfit): string =>
  profit.gaps.map(({ part, why }) => `${part}: ${why}`).join('\n');

describe('the profit of a listing', () => {
  it('is price less fees, shipping and cost', () => {
    expect(worked()).toMatchObject({
      tax: usd(0),
      fees: { total: usd(300), source: 'schedule' },
      profit: usd(600),
      marginPercent: 30,
      gaps: [],
    });
  });

  it('takes the tax out of gross prices first, and its margin is of the price without tax', () => {
    // 20.00 gross at 19 % is 16.81 net; 15 % of what the buyer pays goes to the channel
    expect(worked({}, { taxPercent: 19 })).toMatchObject({
      tax: usd(319),
      profit: usd(1_681 - 300 - 400 - 700),
      marginPercent: 16.7,
    });
  });

  it.each<[string, Partial<ProfitSubject>, Partial<ProfitTerms>, string]>([
    ['cost', { cost: null }, {}, 'cost: the catalog has no cost'],
    ['shipping', {}, { shipping: null }, 'shipping: nobody says'],
    [
      'fees',
      {},
      { schedule: null, canEstimate: false },
      'fees: nobody says what the channel takes; write a fee file',
    ],
    ['price', { price: null }, {}, 'price: the listing has no single price'],
    [
      'currency of the cost',
      { cost: { minor: 700, currency: 'EUR' } },
      {},
      'cost: it is told in EUR, the price in USD',
    ],
    [
      'currency of the fee file',
      { price: { minor: 1, currency: 'EUR' } },
      {},
      'fees: the fee file is in USD',
    ],
    [
      'rule of the fee file',
      {},
      {
        schedule: { ...SCHEDULE, fees: [{ name: 'commission', rules: [{ ...RULE, until: '2026-11-24' }] }] },
      },
      'fees: no rule of the fee file fits for commission on 2026-11-25',
    ],
  ])('is unknown, never zero or too high, without the %s', (_what, subject, terms, said) => {
    const profit = worked(subject, terms);
    expect(profit.profit).toBeNull();
    expect(profit.marginPercent).toBeNull();
    expect(gaps(profit)).toContain(said);
  });

  it('goes by the channel’s own estimate before the fee schedule, and says so', () => {
    expect(worked({ estimate: ESTIMATE })).toMatchObject({
      fees: { total: usd(340), source: 'estimate', at: ESTIMATE.at },
      profit: usd(560),
      note: 'the channel’s estimate goes before the fee schedule',
    });
  });

  it.each<[string, Partial<ProfitSubject>, string]>([
    ['another price', { price: usd(2_500), estimate: ESTIMATE }, 'was made for 20.00 USD'],
    ['another shipper', { fulfilledBy: 'AMAZON_NA', estimate: ESTIMATE }, 'another way of shipping'],
    [
      'nothing, because it was refused',
      { estimate: { ...ESTIMATE, outcome: 'refused', code: 'InvalidSKU', message: 'No such SKU' } },
      'the channel gave no estimate: No such SKU (InvalidSKU)',
    ],
  ])('does not go by an estimate for %s', (_what, subject, said) => {
    const scheduled = worked(subject);
    expect(scheduled.fees?.source).toBe('schedule');
    expect(scheduled.note).toContain(said);
    const alone = worked(subject, { schedule: null });
    expect(alone.profit).toBeNull();
    expect(gaps(alone)).toContain(said);
    expect(gaps(alone)).toContain('--refresh');
  });

  it('counts no shipping of ours where the channel ships and its fees contain that', () => {
    const estimate: KeptEstimate = {
      ...ESTIMATE,
      fulfilledBy: 'AMAZON_NA',
      total: usd(800),
      channelShips: true,
    };
    expect(worked({ estimate, fulfilledBy: 'AMAZON_NA' })).toMatchObject({
      shipping: usd(0),
      profit: usd(500),
    });
  });

  it('does not take our own shipping for that of a channel which ships itself but was not asked', () => {
    const profit = worked({ fulfilledBy: 'AMAZON_NA' });
    expect(profit).toMatchObject({ shipping: null, profit: null });
    expect(gaps(profit)).toContain('shipping: the channel ships this listing');
  });

  it('takes shipping from the schedule before the flat amount', () => {
    const schedule = { ...SCHEDULE, shipping: [{ ...RULE, millionths: 0, fixed: 900 }] };
    expect(worked({}, { schedule })).toMatchObject({ shipping: usd(900), profit: usd(100) });
  });
});

describe('a report on profits', () => {
  const all = [
    worked({ sku: 'GOOD' }),
    worked({ sku: 'UNKNOWN', cost: null }),
    worked({ sku: 'LOSS', cost: usd(1_500) }),
    worked({ sku: 'THIN', cost: usd(1_200) }),
    worked({ sku: 'ALSO-UNKNOWN', price: null }),
  ];

  it('shows the worst first, the unknown last, and adds up', () => {
    const { rows, totals } = profitReport(all, null);
    expect(rows.map(({ sku }) => sku)).toEqual(['LOSS', 'THIN', 'GOOD', 'ALSO-UNKNOWN', 'UNKNOWN']);
    expect(totals).toEqual({
      listings: 5,
      known: 3,
      unknown: 2,
      losing: 1,
      below: null,
      missing: { cost: 1, price: 1 },
      fromEstimates: 0,
      fromSchedule: 4,
    });
  });

  it('filters by margin without hiding how many are unknown', () => {
    const { rows, totals } = profitReport(all, 10);
    expect(rows.map(({ sku }) => sku)).toEqual(['LOSS', 'THIN']);
    expect(totals).toMatchObject({ listings: 5, known: 3, unknown: 2, below: 2 });
    expect(profitReport(all, 5).rows.map(({ sku }) => sku)).toEqual(['LOSS']);
  });

  it('refuses to be shown when a listing is neither known nor unknown', () => {
    const lost: ListingProfit = { ...worked(), profit: null, gaps: [] };
    expect(() => profitReport([...all, lost], null)).toThrow(InvariantError);
  });
});
