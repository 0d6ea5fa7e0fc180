import type { JsonObject, JsonValue } from '../../app/json.js';

/** The object with a member set; undefined takes it out. */
export function withMember(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const { [name]: _before, ...rest } = object;
  return value === undefined ? rest : { ...object, [name]: value };
}

/**
 * What changes one object into the other as a merge patch (RFC 7396): members that are gone are null, equal ones absent. Lists are replaced
 * whole. Null: nothing changed.
 */
export function patchOf(before: JsonObject, after: JsonObject): JsonObject | null {
  const patch: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (value === undefined || same(old, value)) continue;
    patch[name] = isObject(old) && isObject(value) ? (patchOf(old, value) ?? {}) : value;
  }
  for (const name of Object.keys(before)) if (after[name] === undefined) patch[name] = null;
  return Object.keys(patch).length === 0 ? null : patch;
}

function same(a: JsonValue | undefined, b: JsonValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
