import { type CelType, kindOf } from './cel-types.js';
import type { Run } from './code.js';
import { isList, isMeasure, isMoney } from './functions/arguments.js';
import { isBlank } from './functions/blank.js';
import type { Implementation, Value } from './functions/definition.js';
import { valueText } from './functions/show-value.js';

/**
 * The form in which a result reaches an attribute: amounts, measures and instants as `money()`, `text()` and `dateTime()`
 * would write them, blanks left out. Decided by the checked type, never by the look of the value: a map
 * `{ value, unit }` a channel asks for looks exactly like a measure.
 */
export function written(run: Run, type: CelType, dateTime: Implementation): Run {
  switch (kindOf(type)) {
    case 'int':
    case 'number':
    case 'bool':
      return run;
    case 'text':
      return (frame) => {
        const value = run(frame);
        return isBlank(value) ? null : value;
      };
    case 'money':
      return (frame) => amountText(run(frame));
    case 'measure':
      return (frame) => measureText(run(frame));
    case 'instant':
      return (frame) => {
        const value = run(frame);
        return value === null ? null : dateTime(frame, value);
      };
    case 'list':
      return writtenList(run, type, dateTime);
    default:
      return (frame) => cleaned(run(frame));
  }
}

function amountText(value: Value): Value {
  return isMoney(value) ? valueText(value) : null;
}

function measureText(value: Value): Value {
  return isMeasure(value) ? valueText(value) : null;
}

function writtenList(run: Run, type: CelType, dateTime: Implementation): Run {
  const kind = type.valueType === undefined ? 'any' : kindOf(type.valueType);
  if (kind === 'money') return (frame) => eachWritten(run(frame), amountText);
  if (kind === 'measure') return (frame) => eachWritten(run(frame), measureText);
  if (kind === 'instant') {
    return (frame) => eachWritten(run(frame), (value) => (value === null ? null : dateTime(frame, value)));
  }
  return (frame) => cleaned(run(frame));
}

function eachWritten(list: Value, write: (value: Value) => Value): Value {
  return isList(list) ? cleaned(list.map(write)) : null;
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
