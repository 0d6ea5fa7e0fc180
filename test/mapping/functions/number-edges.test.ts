import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { bench, call, noteOf } from './fixture.js';

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
