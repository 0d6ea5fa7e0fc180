import { type CelType, kindOf } from './cel-types.js';
import type { Run } from './code.js';
import type { Frame } from './frame.js';
import { isList, isMeasure, isMoney } from './functions/arguments.js';
import { isBlank } from './functions/blank.js';
import type { Value } from './functions/definition.js';
import { valueText } from './functions/show-value.js';

/** Writes an instant as text; nothing (with a note) when it is none. */
export type InstantWriter = (frame: Frame, value: Value) => Value;

/**
 * The form in which a result reaches an attribute: amounts, measures and instants as `money()`, `text()` and `dateTime()`
 * would write them, blanks left out. Decided by the checked type, never by the look of the value: a map
 * `{ value, unit }` a channel asks for looks exactly like a measure.
 */
export function written(run: Run, type: CelType, dateTime: InstantWriter): Run {
  const kind = kindOf(type);
  if (kind === 'int' || kind === 'number' || kind === 'bool') return run;
  if (kind === 'text') {
    return (frame) => {
      const value = run(frame);
      return isBlank(value) ? null : value;
    };
  }
  const write = writerOf(type, dateTime);
  if (write === null) return (frame) => cleaned(run(frame));
  return (frame) => {
    const value = run(frame);
    return value === null ? null : cleaned(write(frame, value));
  };
}

/** How values of a type are written; null when they are written as they are. */
function writerOf(type: CelType, dateTime: InstantWriter): InstantWriter | null {
  switch (kindOf(type)) {
    case 'money':
      return (_frame, value) => (isMoney(value) ? valueText(value) : null);
    case 'measure':
      return (_frame, value) => (isMeasure(value) ? valueText(value) : null);
    case 'instant':
      return dateTime;
    case 'list':
    case 'map': {
      const write = type.valueType === undefined ? null : writerOf(type.valueType, dateTime);
      return write === null ? null : (frame, value) => eachWritten(frame, value, write);
    }
    default:
      return null;
  }
}

function eachWritten(frame: Frame, value: Value, write: InstantWriter): Value {
  const entry = (one: Value | undefined) => (one === null || one === undefined ? null : write(frame, one));
  if (isList(value)) return value.map(entry);
  if (value === null || typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, entry(member)]));
}

/** The value without blank entries and members; nothing when nothing is left; the same value when there are no blanks. */
export function cleaned(value: Value): Value {
  if (value === null || typeof value !== 'object') return isBlank(value) ? null : value;
  if (isList(value)) return cleanedList(value);
  const map = value as Readonly<Record<string, Value | undefined>>;
  let changed = false;
  const result: Record<string, Value> = Object.create(null);
  let kept = 0;
  for (const name of Object.keys(map)) {
    const member = map[name] ?? null;
    const clean = cleaned(member);
    if (clean !== member) changed = true;
    if (clean === null) {
      changed = true;
      continue;
    }
    kept++;
    result[name] = clean;
  }
  if (kept === 0) return null;
  return changed ? result : value;
}

function cleanedList(list: readonly Value[]): Value {
  if (list.length === 0) return null;
  let changed = false;
  for (const entry of list) {
    if (cleaned(entry) !== entry || entry === null) {
      changed = true;
      break;
    }
  }
  if (!changed) return list;
  const result = list.map(cleaned).filter((entry) => entry !== null);
  return result.length === 0 ? null : result;
}
