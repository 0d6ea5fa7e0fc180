import { compareMeasures } from '../domain/measure.js';
import type { Run } from './code.js';
import type { Kinds, Operands } from './compile-operators.js';
import type { Frame, Site } from './frame.js';
import { isMeasure, isMoney } from './functions/arguments.js';
import type { Value } from './functions/definition.js';
import { sameValue } from './value-kinds.js';

const SIMPLE: ReadonlySet<string> = new Set(['text', 'int', 'number', 'bool', 'instant']);

/** `==` and its kin. Nothing equals nothing and is neither smaller nor larger than anything. */
export function comparison(operator: string, kinds: Kinds, operands: Operands): Run {
  const simple = SIMPLE.has(kinds[0]) && SIMPLE.has(kinds[1]);
  if (operator === '==' || operator === '!=')
    return equality(operator === '==', simple, { kinds, ...operands });
  return simple ? ordered(operator, operands) : measured(operator, operands);
}

function equality(wanted: boolean, simple: boolean, operands: Operands & { kinds: Kinds }): Run {
  const { left, right, site } = operands;
  if (simple) {
    return wanted ? (frame) => left(frame) === right(frame) : (frame) => left(frame) !== right(frame);
  }
  if (operands.kinds.includes('measure')) {
    return (frame) => equalMeasures(frame, site, [left(frame), right(frame)]) === wanted;
  }
  if (operands.kinds.includes('money')) {
    return (frame) => equalAmounts(left(frame), right(frame)) === wanted;
  }
  return (frame) => sameValue(left(frame), right(frame)) === wanted;
}

/** A price of a list has a country and a group besides; they do not matter here. */
function equalAmounts(a: Value, b: Value): boolean {
  return isMoney(a) && isMoney(b) ? a.minor === b.minor && a.currency === b.currency : a === b;
}

function equalMeasures(frame: Frame, site: Site, [a, b]: readonly [Value, Value]): boolean {
  if (!isMeasure(a) || !isMeasure(b)) return a === b;
  const difference = compareMeasures(a, b);
  if (difference === null) noteUnits(frame, site, [a.unit, b.unit]);
  return difference === 0;
}

function ordered(operator: string, { left, right }: Operands): Run {
  switch (operator) {
    case '<':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== null && b !== null && a < b;
      };
    case '<=':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== null && b !== null && a <= b;
      };
    case '>':
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== null && b !== null && a > b;
      };
    default:
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return a !== null && b !== null && a >= b;
      };
  }
}

/** Amounts, measures, and operands whose type is only known now. */
function measured(operator: string, { left, right, site }: Operands): Run {
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (a === null || b === null) return false;
    const difference = differenceOf(frame, site, [a, b]);
    if (difference === null) return false;
    if (operator === '<') return difference < 0;
    if (operator === '<=') return difference <= 0;
    return operator === '>' ? difference > 0 : difference >= 0;
  };
}

function differenceOf(frame: Frame, site: Site, [a, b]: readonly [Value, Value]): number | null {
  if (isMoney(a) && isMoney(b)) {
    if (a.currency === b.currency) return a.minor - b.minor;
    return frame.note(site, `${a.currency} and ${b.currency} cannot be compared`, 'different currencies');
  }
  if (isMeasure(a) && isMeasure(b)) {
    return compareMeasures(a, b) ?? noteUnits(frame, site, [a.unit, b.unit]);
  }
  if (typeof a === typeof b && typeof a !== 'object' && a !== null && b !== null) {
    return a === b ? 0 : a < b ? -1 : 1;
  }
  const pattern = 'the two values cannot be compared';
  return frame.note(site, `${pattern}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`, pattern);
}

function noteUnits(frame: Frame, site: Site, [a, b]: readonly [string, string]): null {
  return frame.note(site, `${a} and ${b} cannot be compared`, 'different kinds of units');
}
