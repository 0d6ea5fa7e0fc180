import { roundHalfAway } from '../../domain/money.js';
import { type Argument, asList, asNumber, asText, isMoney } from './arguments.js';
import { isBlankText } from './blank.js';
import { compareAmounts } from './compare.js';
import { plainDecimal } from './decimal.js';
import { BadData, type FunctionDefinition, type Value } from './definition.js';

const group = 'Numbers';

/** Reading, rounding and grading numbers. */
export const NUMBERS: readonly FunctionDefinition[] = [
  {
    name: 'number',
    group,
    signatures: ['number(string): double', 'number(string, string): double'],
    doc: 'reads a number; text with two readings (`1,234`) is refused unless the decimal mark is given',
    example: { source: 'number("1.234,50", ",")', result: '1234.5' },
    prepare: () => (_context, text, mark) => {
      if (isBlankText(asText(text))) return null;
      return Number(plainDecimal(asText(text), mark === undefined ? undefined : asText(mark)));
    },
  },
  {
    name: 'round',
    group,
    signatures: ['round(double): int', 'round(double, int): double'],
    doc: 'to a whole number or to n digits, half away from zero',
    example: { source: 'round(1.005, 2)', result: '1.01' },
    prepare: () => (_context, value, digits) =>
      digits === undefined
        ? safeWhole(roundHalfAway(asNumber(value)))
        : roundTo(asNumber(value), digitCount(asNumber(digits))),
  },
  {
    name: 'floor',
    group,
    signatures: ['floor(double): int'],
    doc: 'down to a whole number',
    example: { source: 'floor(-1.2)', result: '-2' },
    prepare: () => (_context, value) => safeWhole(Math.floor(asNumber(value))),
  },
  {
    name: 'ceil',
    group,
    signatures: ['ceil(double): int'],
    doc: 'up to a whole number',
    example: { source: 'ceil(1.2)', result: '2' },
    prepare: () => (_context, value) => safeWhole(Math.ceil(asNumber(value))),
  },
  {
    name: 'clamp',
    group,
    signatures: ['clamp(double, double, double): double', 'clamp(Money, Money, Money): Money'],
    doc: 'not below the second, not above the third',
    example: { source: 'clamp(120, 0, 100)', result: '100' },
    prepare:
      () =>
      (_context, value = null, low = null, high = null) =>
        clamp(value, low, high),
  },
  {
    name: 'between',
    group,
    signatures: ['between(double, double, double): bool', 'between(Money, Money, Money): bool'],
    doc: 'from the second up to and including the third',
    example: { source: 'between(5, 1, 5)', result: 'true' },
    prepare: () => (_context, value, low, high) => compare(value, low) >= 0 && compare(value, high) <= 0,
  },
  {
    name: 'div',
    group,
    signatures: ['div(int, int): int'],
    doc: 'whole-number division',
    example: { source: 'div(7, 2)', result: '3' },
    prepare: () => (_context, value, divisor) => {
      if (asNumber(divisor) === 0) throw new BadData('division by zero', 'division by zero');
      return safeWhole(Math.trunc(asNumber(value) / asNumber(divisor)));
    },
  },
  {
    name: 'fixed',
    group,
    signatures: ['fixed(double, int): string'],
    doc: 'exactly n digits, point as mark',
    example: { source: 'fixed(1.5, 2)', result: '"1.50"' },
    prepare: () => (_context, value, digits) => fixed(asNumber(value), digitCount(asNumber(digits))),
  },
  {
    name: 'tier',
    group,
    signatures: ['tier(double, list<double>, list<string>): string'],
    doc: 'the label of the step a number falls in; limits are the lower bounds of the second label onwards',
    example: {
      source: 'tier(amount(variant.price), [20, 50], ["low", "mid", "high"])',
      result: '"mid"',
    },
    prepare: () => (_context, value, limits, labels) =>
      tier(asNumber(value), asList(limits).map(asNumber), asList(labels)),
  },
];

function compare(a: Argument, b: Argument): number {
  if (isMoney(a) && isMoney(b)) return compareAmounts(a, b);
  return asNumber(a) - asNumber(b);
}

function clamp(value: Value, low: Value, high: Value): Value {
  if (compare(low, high) > 0) {
    throw new BadData('the lower limit is above the upper one', 'the lower limit is above the upper one');
  }
  if (compare(value, low) < 0) return low;
  return compare(value, high) > 0 ? high : value;
}

/** A whole number inside the range in which whole numbers are exact; minus zero becomes zero. */
function safeWhole(value: number): number {
  if (!Number.isSafeInteger(value)) throw tooLarge();
  return value === 0 ? 0 : value;
}

function digitCount(digits: number): number {
  if (Number.isInteger(digits) && digits >= 0 && digits <= 10) return digits;
  throw new BadData(`${digits} is not a number of digits (0 to 10)`, '… is not a number of digits (0 to 10)');
}

function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = roundHalfAway(value * scale);
  if (!Number.isSafeInteger(scaled)) throw tooLarge();
  return scaled === 0 ? 0 : scaled / scale;
}

function fixed(value: number, digits: number): string {
  return roundTo(value, digits).toFixed(digits);
}

function tier(value: number, limits: readonly number[], labels: readonly Value[]): Value {
  if (labels.length !== limits.length + 1) {
    throw new BadData('tier needs one label more than limits', 'tier needs one label more than limits');
  }
  let step = 0;
  for (const [place, limit] of limits.entries()) {
    if (place > 0 && limit <= (limits[place - 1] ?? limit)) {
      throw new BadData('the limits of tier must rise', 'the limits of tier must rise');
    }
    if (value >= limit) step = place + 1;
  }
  return labels[step] ?? null;
}

function tooLarge(): BadData {
  return new BadData('the number is too large to be exact', 'the number is too large to be exact');
}
