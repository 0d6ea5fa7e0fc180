import {
  currencyDigits,
  isCurrencyCode,
  type Money,
  minorPerMajor,
  moneyText,
  readDecimal,
  roundHalfAway,
} from '../../domain/money.js';
import { isMoney } from './arguments.js';
import { sameCurrency } from './compare.js';
import { plainDecimal } from './decimal.js';
import { BadData, type RateTable, type Value } from './definition.js';

// Rates in percent are taken to six digits after the point, as whole numbers of this many parts.
const PERCENT_PARTS = 1_000_000;
const WHOLE_PARTS = 100 * PERCENT_PARTS;

/** Reads `4.90 EUR`, `4,90 EUR` or `EUR 4.90`. Throws `BadData` when number or currency is doubtful. */
export function readPrice(text: string): Money {
  const match = /^(?:([A-Za-z]{3})\s*)?([^A-Za-z]+?)(?:\s*([A-Za-z]{3}))?$/.exec(text.trim());
  const currency = (match?.[1] ?? match?.[3] ?? '').toUpperCase();
  if (!match || !isCurrencyCode(currency) || (match[1] !== undefined && match[3] !== undefined)) {
    throw new BadData(`"${text}" is not an amount like 4.90 EUR`, '"…" is not an amount like 4.90 EUR');
  }
  const money = readDecimal(plainAmount(match[2] ?? '', currency), currency);
  if (money) return money;
  throw new BadData(`"${text}" has more digits than ${currency} has`, '"…" has more digits than … has');
}

// 1.234 KWD has one reading: dinars have three digits. 1.234 EUR has two.
function plainAmount(digits: string, currency: string): string {
  const isOwnForm = currencyDigits(currency) === 3 && /^\s*[+-]?\d+\.\d{3}\s*$/.test(digits);
  return plainDecimal(digits, isOwnForm ? '.' : undefined);
}

/** The amount plus (or with a minus: less) a percentage. */
export function percentAdded(money: Money, percent: number): Money {
  return scaled(money, WHOLE_PARTS + parts(percent), WHOLE_PARTS);
}

/** The net amount of a gross amount; `rate` in percent. */
export function taxRemoved(money: Money, rate: number): Money {
  if (rate < 0) throw new BadData(`${rate} is not a tax rate`, '… is not a tax rate');
  return scaled(money, WHOLE_PARTS, WHOLE_PARTS + parts(rate));
}

/** The amount in another currency. Throws `BadData` without a rate: nothing else in the language knows one. */
export function convertMoney(money: Money, currency: string, rates: RateTable | null): Money {
  if (money.currency === currency) return money;
  const rate = rateOf(currency, rates) / rateOf(money.currency, rates);
  const scale = minorPerMajor(currency) / minorPerMajor(money.currency);
  return checked(roundHalfAway(money.minor * rate * scale), currency);
}

/** Up to the next multiple of a step. */
export function upToStep(money: Money, step: Money): Money {
  sameCurrency(money, step);
  if (step.minor <= 0) throw new BadData(`${moneyText(step)} is not a step`, '… is not a step');
  return checked(Math.ceil(money.minor / step.minor) * step.minor, money.currency);
}

/**
 * Up to the next amount whose last digits are these: from 36.72 USD, 99 leads to 36.99 and 999 to 39.99; from 1,234 yen,
 * which have no cents, 80 leads to 1,280.
 */
export function endingIn(money: Money, ending: number): Money {
  if (!Number.isSafeInteger(ending) || ending < 0) {
    throw new BadData(`${ending} is not the ending of a price`, '… is not the ending of a price');
  }
  const cycle = Math.max(minorPerMajor(money.currency), 10 ** String(ending).length);
  const base = Math.ceil((money.minor - ending) / cycle);
  return checked(base * cycle + ending, money.currency);
}

/** The list price of a country, else the general one, in a currency; nothing when the list has none. */
export function priceFor(
  prices: readonly Value[],
  {
    country,
    currency,
    group,
  }: { readonly country: string; readonly currency: string; readonly group: string },
): Money | null {
  let general: Money | null = null;
  for (const entry of prices) {
    if (!isMoney(entry) || entry.currency !== currency) continue;
    const price = entry as Money & {
      readonly country?: string;
      readonly group?: string;
      readonly store?: string;
    };
    if ((price.group ?? '') !== group || price.store) continue;
    if (price.country === country) return { minor: price.minor, currency };
    if (!price.country) general ??= { minor: price.minor, currency };
  }
  return general;
}

function parts(percent: number): number {
  const whole = roundHalfAway(percent * PERCENT_PARTS);
  if (Number.isSafeInteger(whole)) return whole;
  throw new BadData(`${percent} is not a percentage`, '… is not a percentage');
}

/** minor × numerator ÷ denominator in whole numbers, rounded half away from zero once. */
function scaled(money: Money, numerator: number, denominator: number): Money {
  const sign = money.minor < 0 === numerator < 0 ? 1 : -1;
  const doubled = Math.abs(money.minor) * Math.abs(numerator) * 2;
  const rounded = Number.isSafeInteger(doubled + denominator)
    ? wholeQuotient(doubled + denominator, denominator * 2)
    : largeQuotient(money.minor, numerator, denominator);
  return checked(sign * rounded, money.currency);
}

function wholeQuotient(value: number, divisor: number): number {
  return (value - (value % divisor)) / divisor;
}

function largeQuotient(minor: number, numerator: number, denominator: number): number {
  const doubled = BigInt(Math.abs(minor)) * BigInt(Math.abs(numerator)) * 2n;
  return Number((doubled + BigInt(denominator)) / (BigInt(denominator) * 2n));
}

function rateOf(currency: string, rates: RateTable | null): number {
  if (rates === null) throw new BadData('there are no exchange rates', 'there are no exchange rates');
  if (currency === rates.base) return 1;
  const rate = Object.hasOwn(rates.rates, currency) ? rates.rates[currency] : undefined;
  if (rate !== undefined && Number.isFinite(rate) && rate > 0) return rate;
  throw new BadData(`there is no exchange rate for ${currency}`, 'there is no exchange rate for …');
}

function checked(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw new BadData('the amount is too large', 'the amount is too large');
  return { minor: minor === 0 ? 0 : minor, currency };
}
