import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { bench, call, instant, noteOf } from './fixture.js';

type Case = readonly [name: string, args: readonly Value[], result: Value];
type Refusal = readonly [name: string, args: readonly Value[], message: string];

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const usd = (minor: number) => ({ minor, currency: 'USD' });
const jpy = (minor: number) => ({ minor, currency: 'JPY' });
const kwd = (minor: number) => ({ minor, currency: 'KWD' });

describe('choosing', () => {
  it.each<Case>([
    ['default', ['  ', 'x'], 'x'],
    ['default', [0, 5], 0],
    ['default', [false, true], false],
    ['default', [[null, ''], ['x']], ['x']],
    ['default', [null, null], null],
    ['first', [['', null]], null],
    ['first', [null], null],
    ['when', [null, 'a', 'b'], 'b'],
    ['when', [false, 'a'], null],
    ['blank', ['\u00a0\t'], true],
    ['blank', [0], false],
    ['blank', [[]], true],
    ['blank', [['', ['x']]], false],
    ['oneOf', ['unisex', ['men']], null],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });
});

describe('numbers', () => {
  it.each<Case>([
    ['number', ['12.5'], 12.5],
    ['number', ['12,5'], 12.5],
    ['number', ['1,234', '.'], 1234],
    ['number', ['1,234', ','], 1.234],
    ['number', ['1,234.5'], 1234.5],
    ['number', ['1.234.567'], 1234567],
    ['number', ["1'234.50"], 1234.5],
    ['number', ['1 234,567'], 1234.567],
    ['number', ['0.125'], 0.125],
    ['number', ['\u221215'], -15],
    ['number', ['.5'], 0.5],
    ['number', [' '], null],
    ['number', ['007'], 7],
    ['round', [-2.5], -3],
    ['round', [0.4], 0],
    ['round', [-0.4], 0],
    ['round', [2.675, 2], 2.68],
    ['floor', [2], 2],
    ['ceil', [-0.5], 0],
    ['clamp', [-1, 0, 100], 0],
    ['clamp', [usd(500), usd(100), usd(400)], usd(400)],
    ['between', [usd(500), usd(500), usd(600)], true],
    ['between', [0.999, 1, 5], false],
    ['div', [-7, 2], -3],
    ['fixed', [1.005, 2], '1.01'],
    ['fixed', [-0.001, 2], '0.00'],
    ['fixed', [12345678, 0], '12345678'],
    ['tier', [19.99, [20, 50], ['low', 'mid', 'high']], 'low'],
    ['tier', [50, [20, 50], ['low', 'mid', 'high']], 'high'],
    ['tier', [1, [], ['all']], 'all'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['number', ['12,5x'], '"12,5x" is not a number'],
    ['number', ['1,234'], '"1,234" has two readings: give the decimal mark'],
    ['number', ['1.234'], '"1.234" has two readings: give the decimal mark'],
    ['number', ['1,23,4'], '"1,23,4" is not a number'],
    ['number', ['1e5'], '"1e5" is not a number'],
    ['number', ['0x10'], '"0x10" is not a number'],
    ['number', ['5.'], '"5." is not a number'],
    ['number', ['1', 'x'], '"x" is not a decimal mark: use "." or ","'],
    ['round', [1e16], 'the number is too large to be exact'],
    ['round', [1, 11], '11 is not a number of digits (0 to 10)'],
    ['div', [1, 0], 'division by zero'],
    ['clamp', [1, 5, 2], 'the lower limit is above the upper one'],
    ['between', [usd(1), eur(1), eur(2)], 'USD and EUR are different currencies'],
    ['tier', [1, [20], ['a']], 'tier needs one label more than limits'],
    ['tier', [1, [20, 10], ['a', 'b', 'c']], 'the limits of tier must rise'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });
});

describe('money', () => {
  it.each<Case>([
    ['money', [jpy(1980)], '1980 JPY'],
    ['money', [kwd(12)], '0.012 KWD'],
    ['price', ['4,90 EUR'], eur(490)],
    ['price', ['EUR 1.234,50'], eur(123450)],
    ['price', ['1980 jpy'], jpy(1980)],
    ['price', ['1.234 KWD'], kwd(1234)],
    ['price', ['-5 EUR'], eur(-500)],
    ['price', [''], null],
    ['price', [19.99, 'EUR'], eur(1999)],
    ['price', [1.005, 'EUR'], eur(101)],
    ['price', [1999.5, 'JPY'], jpy(2000)],
    ['amount', [kwd(1500)], 1.5],
    ['addPercent', [eur(1000), 8.25], eur(1083)],
    ['addPercent', [eur(-1000), 8.25], eur(-1083)],
    ['addPercent', [eur(1005), -10], eur(905)],
    ['addPercent', [eur(900_000_000_000_000), 7.7], eur(969_300_000_000_000)],
    ['addPercent', [jpy(1980), 10], jpy(2178)],
    ['addPercent', [eur(0), 19], eur(0)],
    ['withoutTax', [eur(100), 19], eur(84)],
    ['withoutTax', [kwd(1500), 0], kwd(1500)],
    ['withoutTax', [eur(900_000_000_000_000), 19], eur(756_302_521_008_403)],
    ['convert', [usd(3400), 'USD'], usd(3400)],
    ['convert', [usd(1000), 'JPY'], jpy(1505)],
    ['convert', [usd(1000), 'KWD'], kwd(3070)],
    ['convert', [eur(920), 'USD'], usd(1000)],
    ['roundUpTo', [eur(3675), eur(5)], eur(3675)],
    ['roundUpTo', [eur(-3672), eur(5)], eur(-3670)],
    ['endIn', [eur(3699), 99], eur(3699)],
    ['endIn', [eur(3700), 99], eur(3799)],
    ['endIn', [usd(3672), 999], usd(3999)],
    ['endIn', [jpy(1234), 80], jpy(1280)],
    ['endIn', [kwd(1234), 990], kwd(1990)],
    ['percentOff', [usd(8500), usd(6999)], 17],
    ['percentOff', [usd(3000), usd(4000)], 0],
    ['margin', [usd(1600), usd(1200)], 25],
    ['margin', [usd(1000), usd(1500)], -50],
    [
      'priceFor',
      [
        [
          { ...eur(1), group: 'b2b' },
          { ...eur(2), store: 's' },
        ],
        'DE',
        'EUR',
      ],
      null,
    ],
    ['priceFor', [[eur(2900), { ...eur(3100), country: 'DE' }], 'FR', 'EUR'], eur(2900)],
    ['priceFor', [[eur(2900)], 'FR', 'USD'], null],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['price', ['4.90'], '"4.90" is not an amount like 4.90 EUR'],
    ['price', ['4.90 €'], '"4.90 €" is not an amount like 4.90 EUR'],
    ['price', ['1.234 EUR'], '"1.234" has two readings: give the decimal mark'],
    ['price', ['19.999,5 JPY'], '"19.999,5 JPY" has more digits than JPY has'],
    ['price', [1, 'euro'], '"euro" is not a currency code'],
    ['withoutTax', [eur(100), -1], '-1 is not a tax rate'],
    ['convert', [usd(1), 'CHF'], 'there is no exchange rate for CHF'],
    ['convert', [usd(1), 'ZZZ'], 'there is no exchange rate for ZZZ'],
    ['convert', [usd(1), 'constructor'], 'there is no exchange rate for constructor'],
    ['roundUpTo', [eur(1), usd(5)], 'EUR and USD are different currencies'],
    ['roundUpTo', [eur(1), eur(0)], '0.00 EUR is not a step'],
    ['percentOff', [usd(0), usd(0)], '0.00 USD is not a price above zero'],
    ['margin', [usd(100), eur(50)], 'USD and EUR are different currencies'],
    ['endIn', [usd(100), -1], '-1 is not the ending of a price'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });

  it('converts nothing without a rate table', () => {
    const context = bench({ rates: null });
    expect(noteOf(() => call('convert', [usd(1), 'EUR'], context)).message).toBe(
      'there are no exchange rates',
    );
  });
});

describe('dates', () => {
  const summer = instant('2026-07-01T10:05:59Z');

  it.each<Case>([
    ['dateTime', [summer], '2026-07-01T12:05+02:00'],
    ['date', [instant('2026-12-31T23:30:00Z')], '2027-01-01'],
    ['readDate', ['2026-03-29 02:30', 'yyyy-MM-dd HH:mm'], instant('2026-03-29T01:30:00Z')],
    ['readDate', ['2026-10-25 02:30', 'yyyy-MM-dd HH:mm'], instant('2026-10-25T00:30:00Z')],
    ['readDate', ['11/2026', 'MM/yyyy'], instant('2026-10-31T23:00:00Z')],
    ['readDate', [' ', 'yyyy-MM-dd'], null],
    ['addDays', [instant('2026-03-28T23:00:00Z'), 1], instant('2026-03-29T22:00:00Z')],
    ['addDays', [instant('2026-10-24T22:00:00Z'), 1], instant('2026-10-25T23:00:00Z')],
    ['addDays', [summer, -1], instant('2026-06-30T10:05:59Z')],
    ['daysBetween', [instant('2026-03-28T23:00:00Z'), instant('2026-03-29T22:00:00Z')], 1],
    ['daysBetween', [instant('2026-03-29T22:00:00Z'), instant('2026-03-28T23:00:00Z')], -1],
    ['daysBetween', [summer, summer], 0],
    ['weekday', [instant('2026-11-29T12:00:00Z')], 7],
  ])('%s(%j) in Berlin is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each([
    ['America/New_York', '2026-07-01T06:05-04:00'],
    ['Asia/Kolkata', '2026-07-01T15:35+05:30'],
    ['Asia/Kathmandu', '2026-07-01T15:50+05:45'],
    ['UTC', '2026-07-01T10:05+00:00'],
  ])('writes the time of %s as %s', (zone, result) => {
    expect(call('dateTime', [summer], bench({ zone }))).toBe(result);
  });

  it.each<Refusal>([
    ['interval', [summer, summer], 'the end is not after the start'],
    ['readDate', ['30.02.2026', 'dd.MM.yyyy'], '"30.02.2026" is not a date like dd.MM.yyyy'],
    [
      'readDate',
      ['2026-01-01 24:00', 'yyyy-MM-dd HH:mm'],
      '"2026-01-01 24:00" is not a date like yyyy-MM-dd HH:mm',
    ],
    ['readDate', ['1.1.2026', 'dd.MM.yyyy'], '"1.1.2026" is not a date like dd.MM.yyyy'],
    ['readDate', ['x', 'dd.MM'], '"dd.MM" is not a layout: it needs yyyy and MM, each field once'],
    ['date', ['soon'], '"soon" is not a point in time'],
    ['addDays', [summer, 9e9], 'the date is too far away'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });

  it('stops for a channel whose time zone does not exist', () => {
    expect(() => call('date', [summer], bench({ zone: 'Mars/Olympus' }))).toThrowError(
      expect.objectContaining({ code: 'unknown_time_zone', owner: 'operator' }),
    );
  });
});

describe('measures', () => {
  it.each<Case>([
    ['readMeasure', ['29"'], { value: 29, unit: 'in' }],
    ['readMeasure', ['5 m'], { value: 5, unit: 'm' }],
    ['readMeasure', ['1.234,5 grams'], { value: 1234.5, unit: 'g' }],
    ['readMeasure', ['.5kg'], { value: 0.5, unit: 'kg' }],
    ['readMeasure', ['8 fl oz'], { value: 8, unit: 'floz' }],
    ['readMeasure', [''], null],
    ['inUnit', [{ value: 11, unit: 'in' }, 'cm'], { value: 27.94, unit: 'cm' }],
    ['measure', [1, 'KG'], { value: 1, unit: 'kg' }],
    ['unitWord', [{ value: 1, unit: 'floz' }], 'fluid_ounces'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['readMeasure', ['29'], '"29" is not a measure like 1.2 kg'],
    ['readMeasure', ['big'], '"big" is not a measure like 1.2 kg'],
    ['readMeasure', ['3 parsecs'], '"parsecs" is not a unit we know'],
    ['readMeasure', ['1,234 kg'], '"1,234" has two readings: give the decimal mark'],
    ['inUnit', [{ value: 1, unit: 'kg' }, 'cm'], 'kg cannot be given in cm'],
    ['measure', [1, '__proto__'], '"__proto__" is not a unit we know'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });
});

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
