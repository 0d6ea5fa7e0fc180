import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';

/** Whether a channel wants an attribute: always, under a condition named in the note, or not. */
export type Requirement = 'required' | 'conditional' | 'optional';

/** What every channel's attribute table says of an attribute; connectors add their own facts. `Type`: the connector's kinds of value. */
export interface TableRow<Type> {
  /** Name in a listing. */
  readonly name: string;
  readonly type: Type;
  /** Largest number of values where the attribute repeats; null: a single value. */
  readonly list: number | null;
  readonly requirement: Requirement;
  /** `offer` attributes change with price and stock and may be sent alone. */
  readonly lane: 'content' | 'offer';
  /** Rule for people; shown in the README and in the schema. */
  readonly note: string;
}

/** What the shared parts need to know about one kind of value. */
export interface ValueForm<Type> {
  /** JSON Schema of one value as it stands in a canonical listing. */
  schema(type: Type): JsonObject;
  /** The channel's spelling; what cannot be read is handed back as it came, for the schema to refuse. Idempotent. */
  canonical(value: JsonValue, type: Type): JsonValue;
}

/** Finds the form of a type. */
export type FormOf<Type> = (type: Type) => ValueForm<Type>;

/** JSON Schema of an object with exactly these attributes. */
export function tableSchema<Type>(rows: readonly TableRow<Type>[], formOf: FormOf<Type>): JsonObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: rows.filter((row) => row.requirement === 'required').map((row) => row.name),
    properties: Object.fromEntries(rows.map((row) => [row.name, rowSchema(row, formOf)])),
  };
}

function rowSchema<Type>(row: TableRow<Type>, formOf: FormOf<Type>): JsonObject {
  const about = row.note === '' ? {} : { description: row.note };
  const single = formOf(row.type).schema(row.type);
  if (row.list === null) return { ...about, ...single };
  return { ...about, type: 'array', items: single, maxItems: row.list };
}

/**
 * An object spelled as the channel spells it: known attributes by their form, single values of repeated ones as a list. Unknown
 * attributes stay as they are, for the schema to refuse. Absent ones are left out. Idempotent.
 */
export function canonicalByTable<Type>(
  attributes: JsonObject,
  rows: ReadonlyMap<string, TableRow<Type>>,
  formOf: FormOf<Type>,
): JsonObject {
  const spelled: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const row = rows.get(name);
    spelled[name] = row ? canonicalOf(value, row, formOf) : value;
  }
  return spelled;
}

function canonicalOf<Type>(value: JsonValue, row: TableRow<Type>, formOf: FormOf<Type>): JsonValue {
  const form = formOf(row.type);
  if (row.list === null || value === null) return form.canonical(value, row.type);
  const values = isJsonArray(value) ? value : [value];
  return values.map((entry) => form.canonical(entry, row.type));
}

/** The objects among the values of a repeated attribute. */
export function entriesOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
