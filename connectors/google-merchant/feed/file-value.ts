import { isJsonArray, isJsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { AttributeRow, ValueType } from '../attributes/row.js';
import { ATTRIBUTES } from '../attributes.js';

/** A value of a listing as product files spell it. Nearly all are the same, and those are handed back as they are. */
export function fileValue(row: AttributeRow, value: JsonValue): JsonValue {
  return CAPITALS.has(row) ? spelled(row, value) : value;
}

const CAPITALS: ReadonlySet<AttributeRow> = new Set(ATTRIBUTES.filter(({ type }) => hasCapitals(type)));

function hasCapitals(type: ValueType): boolean {
  if (type.kind === 'group') return type.members.some((member) => hasCapitals(member.type));
  return type.kind === 'choice' && type.capitalsInFiles === true;
}

function spelled({ type }: AttributeRow, value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map((entry) => single(type, entry));
  return single(type, value);
}

function single(type: ValueType, value: JsonValue): JsonValue {
  if (type.kind === 'choice' && type.capitalsInFiles === true && typeof value === 'string') {
    return type.values[value] ?? value;
  }
  if (type.kind !== 'group' || !isJsonObject(value)) return value;
  const members: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    const row = type.members.find((candidate) => candidate.name === name);
    if (member !== undefined) members[name] = row === undefined ? member : spelled(row, member);
  }
  return members;
}
