import { type Money, readDecimal } from '../../domain/money.js';

/** How prices of a source are written. */
export interface PriceStyle {
  /** Currency of prices that do not name one. */
  readonly currency: string | undefined;
  readonly decimalMark: '.' | ',' | undefined;
}

/** An amount, or why the text is none. `code` is stable, `reason` a sentence for the merchant. */
export type PriceReading = { readonly money: Money } | { readonly code: string; readonly reason: string };

/** Symbols and the currencies they may stand for. The first is not preferred: the source's currency decides. */
const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD', 'CLP', 'COP', 'ARS'],
  US$: ['USD'],
  C$: ['CAD'],
  A$: ['AUD'],
  R$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP', 'EGP', 'GIP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  zł: ['PLN'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  Kč: ['CZK'],
  Fr: ['CHF'],
};

const PLAIN = /^\d+(?:\.\d+)?$/;
const WITH_CURRENCY = /^([^\d\s,.+-]*)\s*([+-]?[\d.,'\u00a0\u202f ]*\d)\s*([^\d\s,.+-]*)$/u;

/**
 * Reads a price as merchants write it: `19.99`, `$15.00`, `15.00 USD`. Nothing is guessed: a comma is the decimal
 * mark only when the source says so, a currency symbol must fit the source's currency, a negative amount and `1e5`
 * are refused. Zero is an amount.
 */
export function readPrice(text: string, style: PriceStyle): PriceReading {
  if (style.currency !== undefined && style.decimalMark !== ',' && PLAIN.test(text)) {
    const money = readDecimal(text, style.currency);
    if (money !== null) return { money };
  }
  const match = WITH_CURRENCY.exec(text.replace('−', '-').trim());
  if (match === null) return notAPrice(text);
  const [, before = '', digits = '', after = ''] = match;
  if (before !== '' && after !== '') return notAPrice(text);
  const currency = currencyOf(before === '' ? after : before, style.currency);
  if (typeof currency !== 'string') return currency(text);
  const plain = decimalOf(digits, style.decimalMark);
  if (typeof plain !== 'string') return plain(text);
  const money = readDecimal(plain, currency);
  if (money === null) return tooManyDecimals(text, currency);
  return money.minor < 0 ? negative(text) : { money };
}

type Refusal = (text: string) => PriceReading;

function currencyOf(mark: string, fallback: string | undefined): string | Refusal {
  if (mark === '') return fallback ?? noCurrency;
  const code = mark.toUpperCase();
  if (/^[A-Z]{3}$/.test(code)) return code;
  const possible = Object.hasOwn(SYMBOLS, mark) ? SYMBOLS[mark] : undefined;
  if (possible === undefined) return notAPrice;
  if (fallback !== undefined && possible.includes(fallback)) return fallback;
  if (possible.length === 1 && possible[0] !== undefined && fallback === undefined) return possible[0];
  return (text) => ({
    code: 'price_currency_unclear',
    reason: `"${text}" names a currency by a sign that does not fit the source's currency (${fallback ?? 'not set'}). Set the source's currency or write the code, as in "15.00 USD".`,
  });
}

/** Digits with a point, or why the marks cannot be told apart. */
function decimalOf(digits: string, mark: '.' | ',' | undefined): string | Refusal {
  const compact = digits.replace(/['\u00a0\u202f ]/g, '');
  if (mark === ',') {
    if (/^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(compact)) {
      return compact.replaceAll('.', '').replace(',', '.');
    }
    return (text) => ({
      code: 'price_decimal_mark',
      reason: `"${text}" does not have a comma before the cents, as the source's decimalMark "," says.`,
    });
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(compact)) return compact;
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(compact)) return compact.replaceAll(',', '');
  if (mark === '.' && /^[+-]?\d{1,3}(,\d{3})+$/.test(compact)) return compact.replaceAll(',', '');
  if (!compact.includes(',')) return notAPrice;
  return (text) => ({
    code: 'price_decimal_comma',
    reason: `"${text}" has a comma that may stand before the cents or between thousands. Set the source's decimalMark to "," or "." so that it is not guessed.`,
  });
}

function notAPrice(text: string): PriceReading {
  return { code: 'price_not_a_number', reason: `"${text.slice(0, 60)}" is not a price.` };
}

function noCurrency(text: string): PriceReading {
  return {
    code: 'price_without_currency',
    reason: `"${text}" has no currency and the source has none either. Set the source's currency.`,
  };
}

function negative(text: string): PriceReading {
  return { code: 'price_negative', reason: `"${text}" is below zero; a price cannot be.` };
}

function tooManyDecimals(text: string, currency: string): PriceReading {
  return {
    code: 'price_too_precise',
    reason: `"${text}" is too large or has more decimals than ${currency} has.`,
  };
}
