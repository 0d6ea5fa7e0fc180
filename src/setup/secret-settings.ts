import { isJsonObject, type JsonObject } from '../domain/json.js';

/** Takes the secret settings (`writeOnly` in the connector's schema, at any depth) out of the others. */
export function splitSecrets(
  settings: JsonObject,
  schema: JsonObject,
): { readonly open: JsonObject; readonly secret: JsonObject } {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const open: Record<string, JsonObject[string]> = {};
  const secret: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(settings)) {
    const about = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isJsonObject(about) && about.writeOnly === true) secret[name] = value;
    else if (isJsonObject(about) && isJsonObject(value)) {
      const inner = splitSecrets(value, about);
      open[name] = inner.open;
      if (Object.keys(inner.secret).length > 0) secret[name] = inner.secret;
    } else open[name] = value;
  }
  return { open, secret };
}

/** Both together; members of `over` count, null takes a member away (RFC 7396). */
export function mergePatch(under: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(under));
  for (const [name, value] of Object.entries(over)) {
    if (value === null) merged.delete(name);
    else if (isJsonObject(value)) {
      const below = merged.get(name);
      merged.set(name, mergePatch(isJsonObject(below) ? below : {}, value));
    } else merged.set(name, value);
  }
  // Entries, not assignments: a member named __proto__ is a member like any other.
  return Object.fromEntries(merged);
}

/** Where secrets are set, as JSON pointers, with the last four letters of those long enough to be recognised by them. */
export function shownSecrets(
  secret: JsonObject,
  at = '',
): { readonly pointer: string; readonly ends: string | null }[] {
  return Object.entries(secret).flatMap(([name, value]) => {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isJsonObject(value)) return shownSecrets(value, pointer);
    const text = typeof value === 'string' ? value : '';
    return [{ pointer, ends: text.length >= 16 ? text.slice(-4) : null }];
  });
}
