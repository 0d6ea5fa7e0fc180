import type { ReadQueries } from '../db/database.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { minorPerMajor } from '../domain/money.js';

/** How a field is compared. */
export const FIELD_OPERATORS = ['is', 'is-not', 'contains', 'empty', 'filled', 'above', 'below'] as const;

/** One of them. */
export type FieldOperator = (typeof FIELD_OPERATORS)[number];

/** A field of products or variants and what it must be. */
export interface FieldFilter {
  /** A member (`brand`, `gtin`, `price`), `attributes.material` or `options.color`. */
  readonly field: string;
  readonly operator: FieldOperator;
  /** Nothing for `empty` and `filled`. Numbers and amounts are compared as numbers, amounts in whole currency units. */
  readonly value: string;
}

/** Whether a value is what is asked for. A missing value is only ever empty: it is neither below nor above anything. Pure. */
export function fits(value: JsonValue | undefined, { operator, value: wanted }: FieldFilter): boolean {
  const missing = value === undefined || value === null || value === '';
  if (operator === 'empty') return missing;
  if (operator === 'filled') return !missing;
  if (missing) return operator === 'is-not';
  if (operator === 'above' || operator === 'below') return compares(value, operator, wanted);
  const texts = textsOf(value).map((text) => text.toLowerCase());
  const text = wanted.trim().toLowerCase();
  if (operator === 'contains') return texts.some((own) => own.includes(text));
  return texts.includes(text) === (operator === 'is');
}

function compares(value: JsonValue, operator: 'above' | 'below', wanted: string): boolean {
  const number = numberOf(value);
  const limit = Number(wanted);
  if (number === null || wanted.trim() === '' || Number.isNaN(limit)) return false;
  return operator === 'above' ? number > limit : number < limit;
}

function numberOf(value: JsonValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  if (!isJsonObject(value)) return null;
  if (typeof value.minor === 'number' && typeof value.currency === 'string')
    return value.minor / minorPerMajor(value.currency);
  return typeof value.value === 'number' ? value.value : null;
}

function textsOf(value: JsonValue): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) {
    const number = numberOf(value);
    return number === null ? [] : [String(number)];
  }
  return [String(value)];
}

/** Values of a field by product: the product's own, else those of its variants that have not ended. */
export async function productFields(
  queries: ReadQueries,
  ids: readonly number[],
  { field }: FieldFilter,
): Promise<Map<number, (JsonValue | undefined)[]>> {
  const keys = JSON.stringify(ids.map((id) => ({ k: id })));
  const among = `IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})`;
  const products = await queries.all<{ id: number; body: string }>(
    `SELECT id, body FROM product WHERE id ${among}`,
    [keys],
  );
  const variants = await queries.all<{ product_id: number; content: string; offer: string }>(
    `SELECT product_id, content, offer FROM variant WHERE product_id ${among} AND status <> 'ended'`,
    [keys],
  );
  const values = new Map<number, (JsonValue | undefined)[]>();
  const own = new Map(products.map(({ id, body }) => [id, member(JSON.parse(body) as JsonObject, field)]));
  for (const { product_id, content, offer } of variants) {
    const parts = { ...(JSON.parse(content) as JsonObject), ...(JSON.parse(offer) as JsonObject) };
    const list = values.get(product_id) ?? [];
    list.push(member(parts, field) ?? own.get(product_id));
    values.set(product_id, list);
  }
  return values;
}

function member(object: JsonObject, field: string): JsonValue | undefined {
  const [bag = '', ...rest] = field.split('.');
  if (rest.length === 0) return Object.hasOwn(object, field) ? object[field] : undefined;
  const inner = Object.hasOwn(object, bag) ? object[bag] : undefined;
  const name = rest.join('.');
  return isJsonObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
}
