import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readPrice } from '../../../src/mapping/functions/money-sums.js';
import { FUNCTIONS } from '../../../src/mapping/functions/table.js';
import { loadMapping } from '../../../src/mapping/load.js';
import type { MappingRow } from '../../../src/mapping/types.js';
import { bench, COST, instant, PRICE, PRICES, SALE_FROM, SALE_TO, shown, WEIGHT } from './fixture.js';

const ROW: MappingRow = {
  product: {
    id: 'MB01',
    title: 'Joust Duffle Bag',
    status: 'active',
    type: 'Gear > Bags',
    categories: ['Gear > Bags'],
  },
  variant: {
    id: 'v1',
    sku: '24-MB01',
    position: 1,
    price: PRICE,
    cost: COST,
    prices: PRICES,
    weight: WEIGHT,
    options: { color: 'Blue', size: '29 in' },
    saleFrom: SALE_FROM,
    saleTo: SALE_TO,
  },
  stock: { available: 100 },
};

const TABLES: Readonly<Record<string, string>> = {
  gender: 'key,value\nLadies,female\n',
  'google-category': 'key,value\nGear > Bags,5608\n',
};

const { mapping, diagnostics } = loadMapping({
  file: null,
  connector: 'memory',
  channel: {
    id: 'memory-de',
    connector: 'memory',
    country: 'DE',
    language: 'en',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  },
  rates: bench().rates,
  sources: {
    readMapping: () => ({
      file: 'memory.yaml',
      text: stringify({
        connector: 'memory',
        attributes: Object.fromEntries(FUNCTIONS.map(({ name, example }) => [`the_${name}`, example.source])),
      }),
    }),
    readLookup: (name) => TABLES[name] ?? null,
  },
});

const outcome = mapping?.run(ROW, instant('2026-11-23T00:00+01:00'));
const attributes = outcome?.kind === 'listing' ? outcome.attributes : {};

describe('the examples of the functions, run as a mapping', () => {
  it('load without an error and leave one note, about the key that no table has', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome?.kind).toBe('listing');
    expect(outcome?.notes.map(({ message }) => message)).toEqual([
      'lookup table "gender" has no entry for "x"',
    ]);
  });

  it.each(FUNCTIONS.map(({ name, example }) => ({ name, ...example })))(
    '$source is $result',
    ({ name, result }) => {
      const value = attributes[`the_${name}`] ?? null;
      // An amount that reaches an attribute is written as channels write it; the documentation shows the amount itself.
      expect(shown(name === 'price' ? readPrice(String(value)) : value)).toBe(result);
    },
  );
});
