import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { FUNCTIONS } from '../../../src/mapping/functions/table.js';
import { COST, call, PRICE, PRICES, SALE_FROM, SALE_TO, shown, WEIGHT } from './fixture.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const money = (value: Value) => call('money', [value]);
const text = (value: Value) => call('text', [value]);
const date = (value: Value) => call('date', [value]);

/** The arguments each documented example comes down to, worked out by hand; the engine's own test runs the sources. */
const EXAMPLES: Readonly<Record<string, () => Value>> = {
  default: () => call('default', [null, 'Acme']),
  first: () => call('first', [[null, null, '24-MB01']]),
  when: () => call('when', [true, 'in_stock', 'out_of_stock']),
  blank: () => call('blank', [null]),
  oneOf: () => call('oneOf', [' Men', ['men', 'women']]),
  headline: () => call('headline', [['Acme', 'Acme Pegasus black', 'Black', '42']]),
  words: () => call('words', [[null, 'Duffle', '', 'Blue']]),
  joined: () => call('joined', [['Nylon', '', 'Mesh'], '/']),
  clip: () => call('clip', ['Waterproof duffle bag', 18, '…']),
  clipBytes: () => call('clipBytes', ['Größe für Füße', 12]),
  upper: () => call('upper', ['straße']),
  lower: () => call('lower', ['ÄRMEL']),
  titleCase: () => call('titleCase', ['GIFT FOR THE RUNNER']),
  sentenceCase: () => call('sentenceCase', ['SOFT SHELL. WIND PROOF.']),
  unshout: () => call('unshout', ["MEN'S RUNNING SHOE"]),
  replace: () => call('replace', ['13 inch', 'inch', 'in']),
  replacePattern: () => call('replacePattern', ['L 29" x W 13"', String.raw`(\d+)\"`, '$1 in']),
  extract: () => call('extract', ['Inseam: 32 in', String.raw`Inseam: (\d+)`]),
  extractAll: () => call('extractAll', ['XS-S-M', '[A-Z]+']),
  mentions: () => call('mentions', ["Men's Redwood vest", 'red']),
  mentionsAny: () => call('mentionsAny', ['Sale: Yoga Mat', ['sale', 'free shipping']]),
  withoutWords: () => call('withoutWords', ['Yoga Mat - HOT DEAL', ['hot deal']]),
  before: () => call('before', ['Sport-100 Helmet, Red', ',']),
  after: () => call('after', ['BRAND:Acme', ':']),
  parts: () => call('parts', ['Hero, Holiday, Exclusive', ',']),
  plain: () => call('plain', ['<p>Nylon &amp; mesh<br/>Padded</p>']),
  lines: () => call('lines', ['<ul><li>Zip</li><li>&bull; Strap</li></ul>']),
  printable: () => call('printable', ['Yoga mat 🧘']),
  ascii: () => call('ascii', ['Café Crème – Ø']),
  slug: () => call('slug', ['Grüne Hose & Gürtel']),
  pad: () => call('pad', ['4711', 8, '0']),
  text: () => text([1, true]),
  number: () => call('number', ['1.234,50', ',']),
  round: () => call('round', [1.005, 2]),
  floor: () => call('floor', [-1.2]),
  ceil: () => call('ceil', [1.2]),
  clamp: () => call('clamp', [120, 0, 100]),
  between: () => call('between', [5, 1, 5]),
  div: () => call('div', [7, 2]),
  fixed: () => call('fixed', [1.5, 2]),
  tier: () => call('tier', [call('amount', [PRICE]), [20, 50], ['low', 'mid', 'high']]),
  money: () => money(PRICE),
  price: () => call('price', ['4.90 EUR']),
  amount: () => Number(call('amount', [PRICE])) < 50,
  addPercent: () => money(call('addPercent', [PRICE, 8.1])),
  withoutTax: () => money(call('withoutTax', [eur(11900), 19])),
  convert: () => money(call('convert', [PRICE, 'EUR'])),
  roundUpTo: () => money(call('roundUpTo', [usd(3672), usd(5)])),
  endIn: () => money(call('endIn', [usd(3672), 99])),
  percentOff: () => call('percentOff', [usd(4000), usd(3000)]),
  margin: () => call('margin', [PRICE, COST]),
  priceFor: () => money(call('priceFor', [PRICES, 'DE', 'EUR'])),
  date: () => date(SALE_FROM),
  dateTime: () => call('dateTime', [SALE_FROM]),
  interval: () => call('interval', [SALE_FROM, SALE_TO]),
  readDate: () => date(call('readDate', ['27.11.2026', 'dd.MM.yyyy'])),
  addDays: () => date(call('addDays', [SALE_FROM, 3])),
  daysBetween: () => call('daysBetween', [SALE_FROM, SALE_TO]),
  weekday: () => call('weekday', [SALE_FROM]),
  measure: () => text(call('measure', [12.5, 'cm'])),
  readMeasure: () => text(call('readMeasure', ['1,2 kg'])),
  inUnit: () => text(call('inUnit', [WEIGHT, 'kg'])),
  unitWord: () => call('unitWord', [WEIGHT]),
  take: () => call('take', [['a', 'b', 'c'], 2]),
  skip: () => call('skip', [['a', 'b', 'c'], 1]),
  distinct: () => call('distinct', [['a', 'b', 'a']]),
  without: () => call('without', [['a', 'b'], ['b']]),
  sort: () => call('sort', [['b', 'a']]),
  flatten: () => call('flatten', [[['a'], ['b', 'c']]]),
  min: () => call('min', [[3, 1, 2]]),
  max: () => call('max', [[3, 1, 2]]),
  sum: () => call('sum', [[3, 1, 2]]),
  pairs: () => {
    const pairs = call('pairs', [{ color: 'Blue', size: '29 in' }]) as { key: string; value: Value }[];
    return pairs.map((pair) => `${pair.key}:${pair.value}`);
  },
  lookup: () => call('lookup', ['gender', 'Ladies']),
  lookupPath: () => call('lookupPath', ['google-category', 'Gear > Bags > Duffle']),
  lookupAll: () => call('lookupAll', ['gender', ['Ladies', 'x']]),
  replaceFrom: () => call('replaceFrom', ['gender', 'Shoes for Ladies']),
  leaf: () => call('leaf', ['Gear > Bags']),
  inCategory: () => call('inCategory', [['Gear > Bags'], 'gear']),
  gtin: () => call('gtin', ['0-306-40615-2']),
  gtinKind: () => call('gtinKind', ['9781416507789']),
  shortId: () => call('shortId', ['joust-duffle-bag-extra-long-blue', 20]),
  url: () => call('url', ['https://shop.example/größe 29.jpg']),
  absolute: () => call('absolute', ['/m/b/mb01.jpg', 'https://shop.example/media/']),
  withQuery: () => call('withQuery', ['https://shop.example/p?a=1', 'utm_source', 'google']),
  withoutQuery: () => call('withoutQuery', ['https://cdn.example/a.jpg?v=16&w=2', ['v']]),
};

describe('the function table', () => {
  it('holds 86 functions, each once, each with a name that its signatures repeat', () => {
    const names = FUNCTIONS.map((definition) => definition.name);
    expect(names).toHaveLength(86);
    expect(new Set(names).size).toBe(86);
    for (const { name, signatures } of FUNCTIONS) {
      expect(signatures.length, name).toBeGreaterThan(0);
      for (const signature of signatures)
        expect(signature, name).toMatch(new RegExp(`^${name}\\(.*\\): \\S`));
    }
  });

  it('knows an example for every function and none besides', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
  });

  it.each(FUNCTIONS.map(({ name, example }) => ({ name, ...example })))(
    '$source is $result',
    ({ name, result }) => {
      expect(shown(EXAMPLES[name]!())).toBe(result);
    },
  );
});
