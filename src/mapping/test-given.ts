import { readInstant } from '../domain/instant.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { isJsonArray, isJsonObject } from '../domain/json.js';
import type { Measure } from '../domain/measure.js';
import { unitOf } from '../domain/measure.js';
import type { Money } from '../domain/money.js';
import { moneyText, readMoneyText } from '../domain/money.js';
import { INSTANT } from './cel-types.js';
import { suggest } from './suggest.js';
import type { MappingRow, VariantRow } from './types.js';
import { RECORDS } from './vocabulary.js';

/** What a test says of the goods: members as in expressions, amounts and measures as people write them. */
export interface Given {
  readonly product?: JsonObject;
  readonly variant?: JsonObject;
  readonly stock?: JsonObject;
}

/** A member of `given` that cannot be what it should be. */
export class BadGiven extends Error {}

/** Facts over all variants, which the catalog keeps apart from the product. */
const SUMMARY: ReadonlySet<string> = new Set(['variantCount', 'optionValues', 'priceFrom', 'priceTo']);

/** The row a mapping runs on. Members that are not given are missing; the product is for sale unless it says otherwise. Throws BadGiven. */
export function rowOfGiven(given: Given): MappingRow {
  const product = record('Product', given.product ?? {}, 'product');
  const facts = Object.entries(product);
  const summary = Object.fromEntries(facts.filter(([name]) => SUMMARY.has(name)));
  const { available, ...own } = Object.fromEntries(facts.filter(([name]) => !SUMMARY.has(name)));
  const variant = record('Variant', given.variant ?? {}, 'variant');
  const row = {
    product: {
      id: 'test',
      status: 'active',
      ...own,
      summary: { variantCount: 1, optionValues: {}, ...summary },
    },
    variant: { id: '1', sku: 'TEST', position: 1, ...variant } as unknown as VariantRow,
    stock: record('Stock', given.stock ?? {}, 'stock'),
    ...(typeof available === 'number' ? { productAvailable: available } : {}),
  };
  return row as unknown as MappingRow;
}

function record(type: string, members: JsonObject, path: string): JsonObject {
  const fields = RECORDS[type] ?? {};
  const known = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]) => {
      const field = fields[name];
      if (field === undefined)
        throw new BadGiven(`${path} has no "${name}"${meant(name, Object.keys(fields))}`);
      return [name, typed(field, value ?? null, `${path}.${name}`)];
    }),
  );
}

function meant(word: string, among: readonly string[]): string {
  const found = suggest(word, among);
  return found === null ? '' : `: did you mean ${found}?`;
}

function typed(type: string, value: JsonValue, path: string): JsonValue {
  const [, item] = /^list<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) {
    if (!isJsonArray(value)) throw new BadGiven(`${path} must be a list`);
    return value.map((entry, at) => typed(item, entry, `${path}[${at}]`));
  }
  const [, member] = /^map<string, (.+)>$/.exec(type) ?? [];
  if (member !== undefined) {
    const entries = Object.entries(mapOf(value, path));
    return Object.fromEntries(
      entries.map(([name, one]) => [name, typed(member, one ?? null, `${path}.${name}`)]),
    );
  }
  if (type === 'Attributes') return mapOf(value, path);
  if (type === 'Money') return amount(value, path) as unknown as JsonValue;
  if (type === 'Measure') return measure(value, path) as unknown as JsonValue;
  if (type in RECORDS) return record(type, mapOf(value, path), path);
  return plain(type, value, path);
}

function mapOf(value: JsonValue, path: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new BadGiven(`${path} must be a map`);
}

function plain(type: string, value: JsonValue, path: string): JsonValue {
  if (type === INSTANT) {
    const instant = typeof value === 'string' ? readInstant(value) : null;
    if (instant === null) throw new BadGiven(`${path} must be an instant: 2026-11-27T08:00:00Z`);
    return instant;
  }
  if (type === 'string') {
    if (typeof value === 'string') return value;
    throw new BadGiven(`${path} must be text: put it in quotes, so that no digit is lost`);
  }
  const wanted = type === 'bool' ? 'boolean' : 'number';
  if (typeof value === wanted) return value;
  throw new BadGiven(`${path} must be ${type === 'bool' ? 'true or false' : 'a number'}`);
}

function amount(value: JsonValue, path: string): Money {
  const read = typeof value === 'string' ? readMoneyText(value) : null;
  if (read === null) throw new BadGiven(`${path} must be an amount: 45.00 USD`);
  return read;
}

function measure(value: JsonValue, path: string): Measure {
  const [, digits, word] = typeof value === 'string' ? (/^(\d+(?:\.\d+)?) (\S+)$/.exec(value) ?? []) : [];
  const unit = word === undefined ? null : unitOf(word);
  if (digits === undefined || unit === null) throw new BadGiven(`${path} must be a measure: 2.5 kg`);
  return { value: Number(digits), unit };
}

/** What a test would have to be given to get this row: amounts and measures as people write them. */
export function givenOfRow({ product, variant, stock, productAvailable }: MappingRow): Required<Given> {
  const { summary, ...own } = product;
  const { id: _id, position: _position, ...offered } = variant;
  return {
    product: written(
      {
        ...own,
        ...summary,
        ...(productAvailable === undefined ? {} : { available: productAvailable }),
      } as unknown as JsonObject,
      'Product',
    ),
    variant: written(offered as unknown as JsonObject, 'Variant'),
    stock: written(stock as unknown as JsonObject, 'Stock'),
  };
}

/** Members that expressions can read; the rest of a row changes nothing. */
function written(members: JsonObject, type: string): JsonObject {
  const fields = RECORDS[type] ?? {};
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name, value]) => name in fields && !isEmpty(value))
      .map(([name, value]) => [name, writtenValue(fields[name] ?? '', value ?? null)]),
  );
}

function isEmpty(value: JsonValue | undefined): boolean {
  return (
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function writtenValue(type: string, value: JsonValue): JsonValue {
  if (type === 'Money') return moneyText(value as unknown as Money);
  if (type === 'Measure') {
    const { value: size, unit } = value as unknown as Measure;
    return `${size} ${unit}`;
  }
  return value;
}
