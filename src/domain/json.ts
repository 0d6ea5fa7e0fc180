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

/** Whether two JSON values are the same, whatever the order of members. Absent and undefined are the same. */
export function sameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (isJsonArray(one) || isJsonArray(other)) {
    if (!isJsonArray(one) || !isJsonArray(other) || one.length !== other.length) return false;
    return one.every((item, place) => sameJson(item, other[place]));
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const name of names) if (!sameJson(one[name], other[name])) return false;
  return true;
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
