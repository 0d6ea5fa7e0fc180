import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { SUGGESTED_VALUES } from './keywords.js';

/**
 * Amazon's definition of a product type as we check with it. Empty `anyOf`, `allOf` and `oneOf`, which some definitions
 * contain and no validator takes, are left out; "any text, or one of these" becomes a list of suggestions, because Amazon
 * refuses unlisted values of many such attributes later; names of schemas go, since the same name stands for several.
 * Labels of values are kept beside them for messages. Source: real definitions read in 2025/2026; verified 2026-11. Pure.
 */
export function prepareDefinition(definition: JsonObject): JsonObject {
  const { $id: _id, $schema: _dialect, ...rest } = definition;
  return prepared(rest) as JsonObject;
}

const GROUPS: ReadonlySet<string> = new Set(['anyOf', 'allOf', 'oneOf']);

function prepared(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(prepared);
  if (!isJsonObject(value)) return value;
  const kept: Record<string, JsonValue> = {};
  const open = openEnumeration(value);
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    if (GROUPS.has(name) && isJsonArray(member) && member.length === 0) continue;
    if (name === 'anyOf' && open !== null) kept[SUGGESTED_VALUES] = open;
    // What stands under `properties` are names of attributes, not keywords, and every value is a schema again.
    else kept[name] = isJsonObject(member) || isJsonArray(member) ? prepared(member) : member;
  }
  return kept;
}

/** The listed values of `anyOf: [{ type: string }, { type: string, enum }]`, with their labels. */
function openEnumeration({ anyOf }: JsonObject): readonly JsonObject[] | null {
  if (!isJsonArray(anyOf) || anyOf.length !== 2) return null;
  const branches = anyOf.filter(isJsonObject);
  const any = branches.find((branch) => branch.type === 'string' && Object.keys(branch).length === 1);
  const listed = branches.find((branch) => isJsonArray(branch.enum));
  if (any === undefined || listed === undefined || !isJsonArray(listed.enum)) return null;
  const names = isJsonArray(listed.enumNames) ? listed.enumNames : [];
  return listed.enum.map((value, place) => {
    const name = names[place];
    return name === undefined || name === value ? { value } : { value, name };
  });
}
