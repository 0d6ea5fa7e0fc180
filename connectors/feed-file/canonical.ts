import { cleanText } from '../../src/channel/file-text.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** A listing without characters that no file can carry: the same object when there are none. Idempotent. */
export function canonical(attributes: JsonObject): JsonObject {
  const members = Object.entries(attributes);
  if (members.every(([, value]) => value !== undefined && cleaned(value) === value)) return attributes;
  return Object.fromEntries(
    members.flatMap(([name, value]) => (value === undefined ? [] : [[name, cleaned(value)] as const])),
  );
}

function cleaned(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cleanText(value);
  if (isJsonArray(value)) {
    const entries = value.map(cleaned);
    return entries.every((entry, place) => entry === value[place]) ? value : entries;
  }
  return isJsonObject(value) ? canonical(value) : value;
}
