import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { cleanText } from './file-text.js';

/** A listing without characters that no file can carry. Idempotent. */
export function canonical(attributes: JsonObject): JsonObject {
  const members = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, cleaned(value)] as const],
  );
  return Object.fromEntries(members);
}

function cleaned(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cleanText(value);
  if (isJsonArray(value)) return value.map(cleaned);
  return isJsonObject(value) ? canonical(value) : value;
}
