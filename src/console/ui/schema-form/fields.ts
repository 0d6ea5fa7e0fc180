import type { JsonObject, JsonValue } from '../../app/json.js';

interface About {
  readonly name: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly required: boolean;
  /** What holds when nothing is said. */
  readonly otherwise: JsonValue | undefined;
}

/** One field of a form, as the schema describes it. */
export type FormField = About &
  (
    | { readonly kind: 'text'; readonly code: boolean; readonly day: boolean }
    | { readonly kind: 'secret'; readonly file: boolean }
    | { readonly kind: 'number' }
    | { readonly kind: 'switch' }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | { readonly kind: 'words'; readonly choices: readonly string[] | undefined }
    | { readonly kind: 'group'; readonly fields: readonly FormField[] }
    | { readonly kind: 'rows'; readonly fields: readonly FormField[] }
    | { readonly kind: 'pairs' }
    | { readonly kind: 'json' }
  );

/**
 * Keywords of JSON Schema that forms know: they become fields, or the server alone checks them and says where. A schema with any other would
 * make a form that is half drawn.
 */
const KNOWN: ReadonlySet<string> = new Set([
  '$schema',
  'type',
  'title',
  'description',
  'default',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'writeOnly',
  'contentMediaType',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'allOf',
  'anyOf',
  'dependentRequired',
]);

/** Names whose values people compare letter by letter: monospace, left to right. */
const CODES = /(id|key|secret|token|account|address|url|endpoint|path|project|pattern)$/i;

/** The fields of an object schema, in the order of `names`, else of the schema. */
export function fieldsOf(schema: JsonObject, names?: readonly string[]): readonly FormField[] {
  const properties = objectIn(schema.properties);
  const required = textsIn(schema.required);
  return (names ?? Object.keys(properties)).flatMap((name) => {
    const about = properties[name];
    return isObject(about) ? [fieldOf(name, about, required.includes(name))] : [];
  });
}

function fieldOf(name: string, schema: JsonObject, required: boolean): FormField {
  const { title, description, type } = schema;
  const about = {
    name,
    label: typeof title === 'string' ? title : wordsOf(name),
    help: typeof description === 'string' ? description : undefined,
    required,
    otherwise: schema.default,
  };
  if (schema.writeOnly === true)
    return { ...about, kind: 'secret', file: schema.contentMediaType !== undefined };
  const choices = textsIn(schema.enum);
  if (choices.length > 0) return { ...about, kind: 'choice', choices };
  if (type === 'boolean') return { ...about, kind: 'switch' };
  if (type === 'integer' || type === 'number') return { ...about, kind: 'number' };
  if (type === 'array') return listField(about, objectIn(schema.items));
  if (type === 'object') return objectField(about, schema);
  return { ...about, kind: 'text', code: CODES.test(name), day: schema.format === 'date' };
}

function listField(about: About, items: JsonObject): FormField {
  if (items.type === 'object') return { ...about, kind: 'rows', fields: fieldsOf(items) };
  const choices = textsIn(items.enum);
  return { ...about, kind: 'words', choices: choices.length > 0 ? choices : undefined };
}

function objectField(about: About, schema: JsonObject): FormField {
  const fields = fieldsOf(schema);
  if (fields.length > 0) return { ...about, kind: 'group', fields };
  const values = schema.additionalProperties;
  return { ...about, kind: isObject(values) && values.type === 'string' ? 'pairs' : 'json' };
}

/** Keywords of a schema, at any depth, that forms do not know; each with its place. */
export function unknownKeywords(schema: JsonObject, at = ''): readonly string[] {
  const own = Object.keys(schema)
    .filter((word) => !KNOWN.has(word))
    .map((word) => `${at}/${word}`);
  const below = Object.entries(objectIn(schema.properties)).flatMap(([name, about]) =>
    isObject(about) ? unknownKeywords(about, `${at}/${name}`) : [],
  );
  const items = isObject(schema.items) ? unknownKeywords(schema.items, `${at}/items`) : [];
  return [...own, ...below, ...items];
}

/** `feedLabel` as people write it: `Feed label`. */
function wordsOf(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
