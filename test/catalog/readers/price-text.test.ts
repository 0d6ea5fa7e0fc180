import { describe, expect, it } from 'vitest';
import { type PriceStyle, readPrice } from '../../../src/catalog/readers/price-text.js';

const USD: PriceStyle = { currency: 'USD', decimalMark: undefined };
const EUR_COMMA: PriceStyle = { currency: 'EUR', decimalMark: ',' };
const NONE: PriceStyle = { currency: undefined, decimalMark: undefined };

function read(text: string, style: PriceStyle): string {
  const reading = readPrice(text, style);
  return 'money' in reading ? `${reading.money.minor} ${reading.money.currency}` : reading.code;
}

describe('a price as merchants write it', () => {
  it.each([
    ['19.99', USD, '1999 USD'],
    ['0', USD, '0 USD'],
    ['1500', { currency: 'JPY', decimalMark: undefined }, '1500 JPY'],
    ['1.500', { currency: 'KWD', decimalMark: undefined }, '1500 KWD'],
    ['52.0000', USD, '5200 USD'],
    ['$15.00', USD, '1500 USD'],
    ['15.00 EUR', USD, '1500 EUR'],
    ['EUR 15.00', NONE, '1500 EUR'],
    ['15,00 €', EUR_COMMA, '1500 EUR'],
    ['€15.00', NONE, '1500 EUR'],
    ['1,234.50', USD, '123450 USD'],
    ['1 234,50', EUR_COMMA, '123450 EUR'],
    ['1.234', EUR_COMMA, '123400 EUR'],
    ["1'234.50", { currency: 'CHF', decimalMark: undefined }, '123450 CHF'],
  ] as const)('%s is read', (text, style, amount) => {
    expect(read(text, style)).toBe(amount);
  });

  it.each([
    ['1,99', USD, 'price_decimal_comma'],
    ['1,234', USD, 'price_decimal_comma'],
    ['1.99', EUR_COMMA, 'price_decimal_mark'],
    ['$15.00', EUR_COMMA, 'price_currency_unclear'],
    ['$15.00', NONE, 'price_currency_unclear'],
    ['15.00', NONE, 'price_without_currency'],
    ['-5', USD, 'price_negative'],
    ['−5.00', USD, 'price_negative'],
    ['19.999', USD, 'price_too_precise'],
    ['1e5', USD, 'price_not_a_number'],
    ['NaN', USD, 'price_not_a_number'],
    ['Infinity', USD, 'price_not_a_number'],
    ['5 apples', USD, 'price_not_a_number'],
    ['1.2.3', USD, 'price_not_a_number'],
    ['99999999999999999', USD, 'price_too_precise'],
    ['=1+1', USD, 'price_not_a_number'],
  ] as const)('%s is refused, not guessed', (text, style, code) => {
    expect(read(text, style)).toBe(code);
  });
});
