import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';

/** The members of a group that are groups themselves; anything else has been complained about by the schema. */
export function members(group: JsonValue | undefined): [string, JsonObject][] {
  if (!isJsonObject(group)) return [];
  return Object.entries(group).flatMap(([id, member]): [string, JsonObject][] =>
    isJsonObject(member) ? [[id, member]] : [],
  );
}
