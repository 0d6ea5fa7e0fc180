import { readInstant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/**
 * Spells a listing as Amazon gives it back: texts without blanks at the ends and in Unicode composed form, no empty members,
 * instants in UTC, stock without the `marketplace_id` that reads add. Members and attributes come in alphabetical order.
 */
export function canonicalListing(attributes: JsonObject): JsonObject {
  const spelled: Record<string, JsonValue> = {};
  for (const name of Object.keys(attributes).sort()) {
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    spelled[name] = name === 'fulfillment_availability' ? stock(value) : plain(value);
  }
  return spelled;
}

function stock(value: JsonValue): JsonValue {
  if (!isJsonArray(value)) return plain(value);
  return value.map((entry) => {
    if (!isJsonObject(entry)) return plain(entry);
    const { marketplace_id: _added, ...own } = entry;
    return plain(own);
  });
}

function plain(value: JsonValue): JsonValue {
  if (typeof value === 'string') return text(value);
  if (isJsonArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  const members: Record<string, JsonValue> = {};
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined && member !== null) members[name] = plain(member);
  }
  return members;
}

/** Instants lose their milliseconds and zone: `2026-11-27T00:00+01:00` is `2026-11-26T23:00:00Z`. */
function text(value: string): string {
  const trimmed = value.trim().normalize('NFC');
  if (!/^\d{4}-\d{2}-\d{2}T/.test(trimmed)) return trimmed;
  const instant = readInstant(trimmed);
  return instant === null ? trimmed : `${instant.slice(0, 19)}Z`;
}
