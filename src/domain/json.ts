/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object whose members may be absent. Absent means "nothing", never "unknown to us". */
export interface JsonObject {
  readonly [member: string]: JsonValue | undefined;
}

/** Narrows a parsed JSON value to an object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON text with members in one order at every depth, so that equal values have equal text.
 * Absent members are left out. Used for revisions; not for what is sent to a channel.
 */
export function canonicalJson(value: JsonValue | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(ordered(value));
}

/**
 * The value with the members of its objects in order; what is in order already is answered as it is. One call of the
 * engine's own writer over the whole is several times faster than one for every text in it.
 */
function ordered(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isJsonArray(value)) {
    const items = value.map(ordered);
    return items.every((item, place) => item === value[place]) ? value : items;
  }
  const names = Object.keys(value);
  let kept = true;
  const members: [string, JsonValue | undefined][] = [];
  for (const [place, name] of names.entries()) {
    const member = value[name];
    const inOrder = member === undefined ? undefined : ordered(member);
    if (inOrder !== member || (place > 0 && name < (names[place - 1] ?? ''))) kept = false;
    members.push([name, inOrder]);
  }
  // Entries, not assignments: a member named __proto__ is a member like any other.
  return kept ? value : Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `Array.isArray` that keeps the element type of a JSON value. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
