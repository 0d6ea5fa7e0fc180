import type { JsonObject, JsonValue } from '../domain/json.js';

/**
 * What a value looks like, once: `schema` is JSON Schema (checked by ajv, shown in the API's documentation), `Value` its TypeScript type
 * (`Of<typeof shape>`), which the console imports.
 */
export interface Shape<Value> {
  readonly schema: JsonObject;
  /** Only the type is of use. */
  readonly of?: Value;
}

/** A member that may be missing. */
export interface OptionalShape<Value> extends Shape<Value> {
  readonly optional: true;
}

/** The type of a shape's values. */
export type Of<Given> = Given extends Shape<infer Value> ? Value : never;

type Members = Readonly<Record<string, Shape<unknown>>>;
type OptionalNames<M extends Members> = {
  [Name in keyof M]: M[Name] extends { readonly optional: true } ? Name : never;
}[keyof M];
type ObjectOf<M extends Members> = {
  readonly [Name in Exclude<keyof M, OptionalNames<M>>]: Of<M[Name]>;
} & { readonly [Name in OptionalNames<M>]?: Of<M[Name]> | undefined };

/** Text. What comes from outside needs a `max` (characters); the app does not start without. */
export function text(
  max?: number,
  more: { readonly min?: number; readonly pattern?: string } = {},
): Shape<string> {
  const { min, pattern } = more;
  return {
    schema: {
      type: 'string',
      ...(max === undefined ? {} : { maxLength: max }),
      ...(min === undefined ? {} : { minLength: min }),
      ...(pattern === undefined ? {} : { pattern }),
    },
  };
}

/** A point in time: `2026-11-25T12:00:00.000Z`. */
export function instant(): Shape<string> {
  return { schema: { type: 'string', format: 'date-time', maxLength: 40 } };
}

/** A whole number from `min` to `max`. */
export function integer(
  range: { readonly min?: number; readonly max?: number; readonly otherwise?: number } = {},
): Shape<number> {
  const { min, max, otherwise } = range;
  return {
    schema: {
      type: 'integer',
      ...(min === undefined ? {} : { minimum: min }),
      ...(max === undefined ? {} : { maximum: max }),
      ...(otherwise === undefined ? {} : { default: otherwise }),
    },
  };
}

/** Any number: a share, a duration. */
export function real(): Shape<number> {
  return { schema: { type: 'number' } };
}

/** true or false. */
export function yesNo(): Shape<boolean> {
  return { schema: { type: 'boolean' } };
}

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(...words: Words): Shape<Words[number]> {
  return { schema: { type: 'string', enum: words } };
}

/** A list; from outside of at most `max`. */
export function list<Value>(item: Shape<Value>, max?: number): Shape<readonly Value[]> {
  return { schema: { type: 'array', items: item.schema, ...(max === undefined ? {} : { maxItems: max }) } };
}

/** An object with these members and no others. */
export function object<const M extends Members>(members: M): Shape<ObjectOf<M>> {
  const required = Object.keys(members).filter((name) => !('optional' in (members[name] ?? {})));
  const properties = Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]));
  return { schema: { type: 'object', properties, required, additionalProperties: false } };
}

/** The members of `object`, to put into another. */
export function members<const M extends Members>(of: M): M {
  return of;
}

/** Names that are not known before, each with a value of one shape; from outside at most `max`. */
export function record<Value>(item: Shape<Value>, max?: number): Shape<Readonly<Record<string, Value>>> {
  return {
    schema: {
      type: 'object',
      additionalProperties: item.schema,
      ...(max === undefined ? {} : { maxProperties: max, propertyNames: { type: 'string', maxLength: 200 } }),
    },
  };
}

/** A member that may be missing. */
export function optional<Value>(shape: Shape<Value>): OptionalShape<Value> {
  return { ...shape, optional: true };
}

/** The value, or null: unknown stays unknown. */
export function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return { schema: { anyOf: [shape.schema, { type: 'null' }] } };
}

/** A value of any of these shapes. */
export function either<const Shapes extends readonly Shape<unknown>[]>(
  ...shapes: Shapes
): Shape<Of<Shapes[number]>> {
  return { schema: { anyOf: shapes.map(({ schema }) => schema) } };
}

/** Any JSON value: the merchant's own attributes, a channel's words. From outside it is bounded by the body's size only. */
export function json(): Shape<JsonValue> {
  return { schema: {} };
}

/** Any JSON object. From outside it is bounded by the body's size only; whoever takes it checks it. */
export function jsonObject(): Shape<JsonObject> {
  return { schema: { type: 'object' } };
}

/** The shape with a sentence for the documentation. */
export function described<Given extends Shape<unknown>>(shape: Given, says: string): Given {
  return { ...shape, schema: { ...shape.schema, description: says } };
}
