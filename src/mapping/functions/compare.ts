import { compareMeasures } from '../../domain/measure.js';
import type { Money } from '../../domain/money.js';
import { isMeasure, isMoney } from './arguments.js';
import { BadData, type Value } from './definition.js';

/** Negative, zero or positive as the first amount is smaller, equal or larger. Throws `BadData` for two currencies. */
export function compareAmounts(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.minor - b.minor;
}

/** Refuses to mix currencies. */
export function sameCurrency(a: Money, b: Money): void {
  if (a.currency === b.currency) return;
  throw new BadData(
    `${a.currency} and ${b.currency} are different currencies`,
    '… and … are different currencies',
  );
}

/** Order of two values of one type: numbers, amounts and measures by size, text by code point, no before yes. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isMoney(a) && isMoney(b)) return compareAmounts(a, b);
  if (isMeasure(a) && isMeasure(b)) {
    const order = compareMeasures(a, b);
    if (order !== null) return order;
  }
  throw new BadData('these values have no order', 'these values have no order');
}

/** By code point. JavaScript's own order is by UTF-16 unit, which puts emoji before some rare letters. */
export function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const first = a.charCodeAt(at);
    const second = b.charCodeAt(at);
    if (first === second) continue;
    const bothHigh = first >= 0xd800 && second >= 0xd800;
    return bothHigh ? lifted(first) - lifted(second) : first - second;
  }
  return a.length - b.length;
}

function lifted(unit: number): number {
  return unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** One text per distinct value, for finding equal ones whatever their type. */
export function valueKey(value: Value): string {
  if (typeof value === 'string') return `s${value}`;
  if (isMoney(value)) return `m${value.minor} ${value.currency}`;
  return JSON.stringify(value);
}
