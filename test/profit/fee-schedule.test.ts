import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/domain/json.js';
import {
  type FeeQuestion,
  type FeeSchedule,
  ruledAmount,
  scheduledFees,
} from '../../src/profit/fee-schedule.js';
import { readFeeSchedule } from '../../src/profit/read-fee-schedule.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });

function schedule(content: JsonValue): FeeSchedule {
  const read = readFeeSchedule(content, 'USD');
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  return read.schedule;
}

function mistakes(content: JsonValue): readonly string[] {
  const read = readFeeSchedule(content, 'USD');
  return 'mistakes' in read ? read.mistakes : [];
}

const shirt: FeeQuestion = {
  price: usd(1_999),
  types: ['Shirts', 'SHIRT'],
  categories: ['Apparel >  Shirts'],
  day: '2026-11-25',
};

describe('a fee schedule', () => {
  const dated = schedule({
    currency: 'USD',
    fees: {
      commission: [
        { categories: ['Electronics'], percent: 8, minimum: 0.3 },
        { categories: 'apparel', percent: 17, until: '2026-12-31' },
        { categories: 'apparel', percent: 18.5, from: '2027-01-01' },
        { types: ['lamp'], percent: 5, fixed: '1.00', maximum: 2 },
        { upTo: 10, percent: 0, fixed: 0.99 },
      ],
      payment: [{ percent: 2.9, fixed: 0.3 }],
    },
    shipping: [{ upTo: 25, fixed: 3.5 }, { fixed: 0 }],
  });
  const commission = (question: Partial<FeeQuestion>): number | null =>
    ruledAmount(dated.fees[0]?.rules ?? [], { ...shirt, ...question })?.minor ?? null;

  it('takes of each charge the first rule that fits, and rounds a share to the smallest unit', () => {
    expect(scheduledFees(dated, shirt)).toEqual({
      lines: [
        { name: 'commission', amount: usd(340) }, // 17 % of 19.99 = 3.3983
        { name: 'payment', amount: usd(88) }, // 2.9 % = 0.5797, and 0.30
      ],
      missing: [],
    });
  });

  it.each<[string, Partial<FeeQuestion>, number | null]>([
    ['the last day of a rule still counts', { day: '2026-12-31' }, 340],
    ['the day after, the next rule does', { day: '2027-01-01' }, 370],
    ['a category holds for what is below it', { categories: ['Electronics > Lamps'] }, 160],
    ['and not for a name that only begins alike', { categories: ['Apparel Care'], price: usd(900) }, 99],
    ['a minimum is taken at least', { categories: ['electronics'], price: usd(100) }, 30],
    ['a maximum at most', { categories: [], types: ['Lamp'], price: usd(100_000) }, 200],
    ['a price band includes its bound', { categories: [], price: usd(1_000) }, 99],
    [
      'where no rule fits, the charge is unknown and not nothing',
      { categories: [], price: usd(1_001) },
      null,
    ],
  ])('%s', (_what, question, minor) => {
    expect(commission(question)).toBe(minor);
  });

  it('names the charges it has no rule for', () => {
    const none = scheduledFees(dated, { ...shirt, categories: ['Toys'] });
    expect(none.missing).toEqual(['commission']);
    expect(none.lines.map(({ name }) => name)).toEqual(['payment']);
  });

  it('keeps currencies without decimals whole', () => {
    const read = readFeeSchedule({ currency: 'JPY', fees: { commission: [{ percent: 8.25 }] } }, 'JPY');
    if ('mistakes' in read) throw new Error(read.mistakes.join());
    const price = { minor: 1_999, currency: 'JPY' };
    expect(scheduledFees(read.schedule, { ...shirt, price }).lines[0]?.amount.minor).toBe(165);
  });
});

describe('a fee file with mistakes', () => {
  const fees = (rule: JsonValue): JsonValue => ({ currency: 'USD', fees: { commission: [rule] } });

  it.each<[JsonValue, string]>([
    [{ fees: { commission: [{ percent: 1 }] } }, 'currency: is missing'],
    [
      { currency: 'EUR', fees: { commission: [{ percent: 1 }] } },
      'currency: is EUR, and the channel sells in USD',
    ],
    [{ currency: 'USD' }, 'fees: names no charge'],
    [{ currency: 'USD', fees: { commission: { percent: 1 } } }, 'fees.commission: is no list of rules'],
    [fees({ percnt: 1 }), 'fees.commission[1].percnt: is not known'],
    [fees({ from: '2026-01-01' }), 'says not what it takes'],
    [fees({ percent: 115 }), 'is no percentage'],
    [fees({ percent: '15%' }), 'is no percentage'],
    [fees({ fixed: 0.305 }), 'is no amount in USD'],
    [fees({ fixed: -1 }), 'is no amount in USD'],
    [fees({ percent: 1, from: '2026-02-30' }), '"2026-02-30" is no day'],
    [fees({ percent: 1, from: '2026-02-02', until: '2026-02-01' }), 'ends (2026-02-01) before it begins'],
    [fees({ percent: 1, minimum: 2, maximum: 1 }), 'minimum above its maximum'],
    [fees({ percent: 1, categories: [] }), 'categories: must be a name or a list'],
    [
      { currency: 'USD', fees: { commission: [{ percent: 1 }, { percent: 2, types: 'LAMP' }] } },
      'fees.commission[2]: is never reached: rule 1 fits every listing on every day',
    ],
    [{ currency: 'USD', fees: { a: [{ percent: 1 }] }, shipping: [] }, 'shipping: is no list of rules'],
    [[], 'no list of settings'],
  ])('%j is told', (content, said) => {
    expect(mistakes(content).join('\n')).toContain(said);
  });

  it('names all of them at once', () => {
    expect(mistakes({ currency: 'EUR', fees: { a: [{ percent: 'x' }], b: [{ fixed: 'y' }] } })).toHaveLength(
      3,
    );
  });
});
