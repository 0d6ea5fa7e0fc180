import type { ValueKind } from './cel-types.js';
import { isMeasure, isMoney } from './functions/arguments.js';
import type { Value } from './functions/definition.js';

/** Whether a value met at run time is of the kind that is wanted. Entries of lists are looked at by their user. */
export function fitsKind(value: Value, kind: ValueKind): boolean {
  switch (kind) {
    case 'text':
    case 'instant':
      return typeof value === 'string';
    case 'int':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'money':
      return isMoney(value);
    case 'measure':
      return isMeasure(value);
    case 'list':
      return Array.isArray(value);
    case 'map':
    case 'record':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'any':
      return true;
  }
}

/** Equality by content. Whole and decimal numbers compare by value. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((entry: Value, index) => sameValue(entry, b[index]));
  }
  const left = a as Readonly<Record<string, Value>>;
  const right = b as Readonly<Record<string, Value>>;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) => Object.hasOwn(right, name) && sameValue(left[name] ?? null, right[name] ?? null),
  );
}
