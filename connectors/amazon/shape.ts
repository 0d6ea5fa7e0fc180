import type { ShapeContext } from '../../src/channel/shape-context.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { withPlace } from './family.js';
import { offerOnItem } from './offer-on-item.js';
import { type AmazonSettings, languageTagOf } from './settings.js';

/** Selectors we can fill in, by name. Others (a channel code, a type) only the mapping knows. */
type Defaults = Readonly<Record<string, string>>;

interface Reading {
  /** The schema of the whole listing, for `$ref`. */
  readonly root: JsonObject;
  readonly defaults: Defaults;
}

/**
 * Turns the mapping's short form into Amazon's: a plain value becomes `[{ value }]`, a list one instance per entry, an object
 * one instance; nested arrays of prices are folded the same way (`our_price: 34`). Selectors that the product type's schema
 * knows and the mapping did not give are added. What the mapping wrote by hand wins. Attributes the schema does not know
 * are left as they are for the check to name.
 */
export function shapeListing(attributes: JsonObject, context: ShapeContext<AmazonSettings>): JsonObject {
  const reading: Reading = {
    root: context.schema,
    defaults: {
      marketplace_id: context.settings.marketplaceId,
      language_tag: languageTagOf(context.settings),
      currency: context.channel.currency,
      audience: 'ALL',
    },
  };
  const properties = objectOr(context.schema.properties);
  const shaped: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(
    withPlace(offerOnItem(attributes, context.settings), context.schema),
  )) {
    if (value === undefined || value === null) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    shaped[name] = isJsonObject(schema) ? folded(value, schema, reading) : value;
  }
  return shaped;
}

/** A value as its schema wants it: arrays of objects are built up, everything else stays. */
function folded(value: JsonValue, schema: JsonObject, reading: Reading): JsonValue {
  const target = resolved(schema, reading);
  if (target.type === 'array' && isJsonObject(target.items)) {
    const items = resolved(target.items, reading);
    if (!isJsonObject(items.properties)) return value;
    const entries = isJsonArray(value) ? value : [value];
    return entries.map((entry) => instance(entry, items, reading));
  }
  if (isJsonObject(target.properties) && isJsonObject(value)) return members(value, target, reading);
  return value;
}

function instance(value: JsonValue, schema: JsonObject, reading: Reading): JsonValue {
  if (isJsonArray(value)) return value;
  if (isJsonObject(value)) return withSelectors(members(value, schema, reading), schema, reading);
  const amount = amountIn(value, schema);
  if (amount) return withSelectors(amount, schema, reading);
  const lead = leadMember(schema, reading);
  if (lead === null) return value;
  return withSelectors(members({ [lead]: value }, schema, reading), schema, reading);
}

function members(value: JsonObject, schema: JsonObject, reading: Reading): JsonObject {
  const properties = objectOr(schema.properties);
  const shaped: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    shaped[name] = isJsonObject(known) ? folded(member, known, reading) : member;
  }
  return shaped;
}

/** The member a plain value stands for: `value`, else the only required one (`media_location`, `name`, `schedule`). */
function leadMember(schema: JsonObject, reading: Reading): string | null {
  const properties = objectOr(schema.properties);
  if (Object.hasOwn(properties, 'value')) return 'value';
  const required = isJsonArray(schema.required) ? schema.required : [];
  const own = required.filter((name) => typeof name === 'string' && !Object.hasOwn(reading.defaults, name));
  return own.length === 1 && typeof own[0] === 'string' ? own[0] : null;
}

const MONEY = /^(\d{1,12}(?:\.\d{1,4})?) ([A-Z]{3})$/;

/** `34.00 USD`, as the mapping writes an amount, where the schema has a number and a currency. */
function amountIn(value: JsonValue, schema: JsonObject): JsonObject | null {
  const properties = objectOr(schema.properties);
  if (typeof value !== 'string' || !Object.hasOwn(properties, 'currency')) return null;
  const match = MONEY.exec(value);
  const member = ['value', 'value_with_tax'].find((name) => Object.hasOwn(properties, name));
  if (!match || member === undefined) return null;
  return { [member]: Number(match[1]), currency: match[2] };
}

function withSelectors(value: JsonObject, schema: JsonObject, reading: Reading): JsonObject {
  const properties = objectOr(schema.properties);
  const filled: Record<string, JsonValue | undefined> = { ...value };
  for (const [name, fallback] of Object.entries(reading.defaults)) {
    if (!Object.hasOwn(properties, name) || filled[name] !== undefined) continue;
    filled[name] = name === 'currency' ? fallback : (defaultIn(properties[name], reading) ?? fallback);
  }
  return filled;
}

/** The schema's own default of a selector. The currency comes from the channel: a wrong one must be found, not hidden. */
function defaultIn(schema: JsonValue | undefined, reading: Reading): string | null {
  if (!isJsonObject(schema)) return null;
  const target = resolved(schema, reading);
  return typeof target.default === 'string' ? target.default : null;
}

/** Follows `#/$defs/name`, the only kind of reference in product type definitions. */
function resolved(schema: JsonObject, reading: Reading): JsonObject {
  if (typeof schema.$ref !== 'string') return schema;
  const name = schema.$ref.replace(/^#\/\$defs\//, '');
  const found = objectOr(reading.root.$defs)[name];
  return isJsonObject(found) ? found : schema;
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
