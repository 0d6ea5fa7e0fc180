import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { bench, call, noteOf } from './fixture.js';

type Case = readonly [name: string, args: readonly Value[], result: Value];
type Refusal = readonly [name: string, args: readonly Value[], message: string];

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('lists', () => {
  it.each<Case>([
    ['take', [['a'], -1], []],
    ['skip', [['a'], 5], []],
    ['distinct', [[usd(1), usd(1), eur(1), null, ' ']], [usd(1), eur(1)]],
    ['without', [[1, 2, 1], [1]], [2]],
    ['sort', [['\u{1f600}', '\uff5e', 'a', 'B']], ['B', 'a', '\uff5e', '\u{1f600}']],
    ['sort', [[10, 9, 1]], [1, 9, 10]],
    [
      'sort',
      [
        [
          { value: 1, unit: 'kg' },
          { value: 1, unit: 'lb' },
        ],
      ],
      [
        { value: 1, unit: 'lb' },
        { value: 1, unit: 'kg' },
      ],
    ],
    ['flatten', [[['a'], null, []]], ['a']],
    ['min', [[]], null],
    ['min', [[null, usd(5), usd(3)]], usd(3)],
    ['max', [['a', 'b', '']], 'b'],
    ['sum', [[usd(5), null, usd(3)]], usd(8)],
    ['sum', [[]], null],
    [
      'sum',
      [
        [
          { value: 1, unit: 'kg' },
          { value: 500, unit: 'g' },
        ],
      ],
      { value: 1.5, unit: 'kg' },
    ],
    ['pairs', [{ a: ' ', b: 1 }], [{ key: 'b', value: 1 }]],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['max', [[usd(1), eur(2)]], 'EUR and USD are different currencies'],
    ['sum', [['a', 'b']], 'these values cannot be added up'],
    ['sort', [[1, 'a']], 'these values have no order'],
    ['flatten', [[Array.from({ length: 1001 }, () => 'x')]], 'the list would have 1001 entries'],
  ])('%s is refused (%#)', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });

  it('leaves the list it was given as it was', () => {
    const list = Object.freeze(['b', 'a']);
    expect(call('sort', [list])).toEqual(['a', 'b']);
    expect(list).toEqual(['b', 'a']);
  });
});

describe('lookups and categories', () => {
  it.each<Case>([
    ['lookup', ['gender', ' LADIES '], 'female'],
    ['lookup', ['gender', 'ladies', 'de'], 'Damen'],
    ['lookup', ['gender', 'Young\u00a0 Ladies'], 'girls'],
    ['lookup', ['gender', 'blank'], null],
    ['lookup', ['gender', '  '], null],
    ['lookup', ['gender', 7], null],
    ['lookupPath', ['google-category', 'gear >Bags> Duffle'], '5608'],
    ['lookupPath', ['google-category', ['Books > Novels', 'Gear > Bags']], '5608'],
    ['lookupPath', ['google-category', 'Bags'], null],
    ['lookupPath', ['google-category', []], null],
    ['lookupAll', ['gender', ['women', null, 'nobody']], ['female']],
    ['replaceFrom', ['gender', 'YOUNG  ladies & women, T-Shirts'], 'girls & female, tees'],
    ['replaceFrom', ['gender', 'Womenswear'], 'Womenswear'],
    ['leaf', ['Gear'], 'Gear'],
    ['leaf', [' > '], null],
    ['inCategory', [['Gearbox > Bags'], 'gear'], false],
    ['inCategory', [['Gear > Bags > Duffle'], 'GEAR>bags'], true],
    ['inCategory', [['Gear'], ''], false],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it('counts each key that a table does not have, blank keys aside', () => {
    const context = bench();
    call('lookup', ['gender', 'Herren'], context);
    call('lookup', ['gender', ' '], context);
    call('lookup', ['gender', 'blank'], context);
    call('lookupPath', ['google-category', ['Food > Tea', 'Food']], context);
    expect(context.misses).toEqual(['gender: herren', 'google-category: food > tea']);
  });

  it('names the table or column that is not there', () => {
    expect(noteOf(() => call('lookup', ['colour', 'x'])).message).toBe('there is no lookup table "colour"');
    expect(noteOf(() => call('lookup', ['gender', 'x', 'fr'])).message).toBe(
      'the lookup table "gender" has no column "fr"',
    );
  });
});

describe('identifiers', () => {
  it.each<Case>([
    ['gtin', ['4006381333931'], '4006381333931'],
    ['gtin', ['0 36000 29145 2'], '036000291452'],
    ['gtin', ['96385074'], '96385074'],
    ['gtin', ['080442957X'], '9780804429573'],
    ['gtin', [''], null],
    ['gtinKind', ['036000291452'], 'upc'],
    ['gtinKind', ['4006381333931'], 'ean'],
    ['gtinKind', ['96385074'], 'ean'],
    ['gtinKind', ['9790060115615'], 'ean'],
    ['gtinKind', ['14006381333938'], 'gtin'],
    ['shortId', ['00012345', 10], '00012345'],
    ['shortId', ['ää-joust-duffle-bag', 12], expect.stringMatching(/^ää-[0-9a-f-]{9}$/) as unknown as string],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['gtin', ['4006381333932'], '"4006381333932": wrong check digit'],
    ['gtin', ['24-MB01'], '"24-MB01" is not a GTIN'],
    ['gtin', ['2000000000008'], '"2000000000008": restricted prefix'],
    ['gtin', ['0000000000000'], '"0000000000000": all zeros'],
    ['gtinKind', ['123'], '"123" is not a GTIN'],
    ['shortId', ['long-enough', 9], 'ids need room for at least 10 characters'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });

  it('counts notes of one kind together', () => {
    expect(noteOf(() => call('gtin', ['4006381333932'])).pattern).toBe('"…": wrong check digit');
  });
});

describe('web addresses', () => {
  it.each<Case>([
    ['url', ['//cdn.example/a.jpg'], 'https://cdn.example/a.jpg'],
    ['url', [' HTTP://Shop.Example/a '], 'http://shop.example/a'],
    ['url', ['https://shop.example/100%.jpg'], 'https://shop.example/100%25.jpg'],
    ['url', ['https://shop.example/a%20b'], 'https://shop.example/a%20b'],
    ['url', ['https://müller.example/'], 'https://xn--mller-kva.example/'],
    ['url', [''], null],
    ['absolute', ['mb01.jpg', 'https://shop.example/media/'], 'https://shop.example/media/mb01.jpg'],
    ['absolute', ['https://cdn.example/x.jpg', 'https://shop.example/'], 'https://cdn.example/x.jpg'],
    ['absolute', ['//cdn.example/x.jpg', 'http://shop.example/'], 'https://cdn.example/x.jpg'],
    [
      'withQuery',
      ['https://s.example/p?utm=a&b=x%20y&utm=c#f', 'utm', 'n w'],
      'https://s.example/p?utm=n%20w&b=x%20y#f',
    ],
    ['withQuery', ['https://s.example/p', 'a', ' '], 'https://s.example/p'],
    ['withQuery', ['https://s.example/p', 'a', null], 'https://s.example/p'],
    ['withQuery', [null, 'a', 'b'], null],
    ['withoutQuery', ['https://s.example/p?v=1#top', ['v']], 'https://s.example/p#top'],
    ['withoutQuery', ['https://s.example/p?%ff=1&v=2', ['v']], 'https://s.example/p?%ff=1'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['url', ['noimage.jpg'], '"noimage.jpg" is not a web address'],
    ['url', ['javascript:alert(1)'], '"javascript:alert(1)" is not a web address'],
    ['url', ['https://'], '"https://" is not a web address'],
    ['url', ['https://user:pw@shop.example/'], '"https://user:pw@shop.example/" is not a web address'],
    [
      'absolute',
      ['data:image/png;base64,xx', 'https://s.example/'],
      '"data:image/png;base64,xx" is not a web address',
    ],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });
});
