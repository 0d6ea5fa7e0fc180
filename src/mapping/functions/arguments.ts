import type { Measure } from '../../domain/measure.js';
import type { Money } from '../../domain/money.js';
import { BadData, type Value } from './definition.js';

/** What an optional argument may be: not given at this call. */
export type Argument = Value | undefined;

/** An argument as text. Declared types are checked at load; a free attribute of unknown type may still surprise us. */
export function asText(value: Argument): string {
  if (typeof value === 'string') return value;
  throw wrongKind(value, 'text');
}

/** An argument as a finite number. */
export function asNumber(value: Argument): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrongKind(value, 'a number');
}

/** An argument as a list. */
export function asList(value: Argument): readonly Value[] {
  if (isList(value)) return value;
  throw wrongKind(value, 'a list');
}

/** An argument as an amount. */
export function asMoney(value: Argument): Money {
  if (isMoney(value)) return value;
  throw wrongKind(value, 'an amount');
}

/** An argument as a measure. */
export function asMeasure(value: Argument): Measure {
  if (isMeasure(value)) return value;
  throw wrongKind(value, 'a measure');
}

/** `Array.isArray` that keeps the element type of a value. */
export function isList(value: Argument): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value has the members of an amount. A price of a list, with its country, has them too. */
export function isMoney(value: Argument): value is Money {
  return (
    isRecord(value) &&
    'minor' in value &&
    'currency' in value &&
    typeof value.minor === 'number' &&
    typeof value.currency === 'string'
  );
}

/** Whether a value has the members of a measure. */
export function isMeasure(value: Argument): value is Measure {
  return (
    isRecord(value) &&
    'value' in value &&
    'unit' in value &&
    typeof value.value === 'number' &&
    typeof value.unit === 'string'
  );
}

/** Whether a value is a map or record (not a list, not nothing). */
export function isRecord(value: Argument): value is Exclude<Value & object, readonly Value[]> {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The complaint about a value of another kind: `a list is not text`. */
export function wrongKind(value: Argument, wanted: string): BadData {
  const sentence = `${kindOf(value)} is not ${wanted}`;
  return new BadData(sentence, sentence);
}

function kindOf(value: Argument): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'yes or no';
  if (isList(value)) return 'a list';
  if (isMoney(value)) return 'an amount';
  return isMeasure(value) ? 'a measure' : 'a map';
}
