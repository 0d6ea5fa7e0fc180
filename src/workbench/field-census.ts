import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { moneyText } from '../domain/money.js';
import { fieldLabel } from '../mapping/form/field-labels.js';
import type { MappingRow } from '../mapping/types.js';
import { RECORDS } from '../mapping/vocabulary.js';

/** A field an expression can read, with what the catalog has in it. */
export interface FieldFacts {
  /** `product.title`, `variant.options.color`. */
  readonly path: string;
  /** As a shopkeeper would say it. */
  readonly label: string;
  /** In the words of the language: `text`, `an amount`, `list of text`. */
  readonly type: string;
  /** Share of the looked-at variants that have it, 0 to 1; null: none was looked at. */
  readonly filled: number | null;
  /** Values it has, with how many of the looked-at variants, the commonest first. */
  readonly samples: readonly { readonly value: string; readonly count: number }[];
}

const SAMPLES_KEPT = 200;
const SAMPLES_TOLD = 8;
const LONGEST = 80;

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'int',
  double: 'number',
  bool: 'bool',
  'google.protobuf.Timestamp': 'date',
  Money: 'money',
  Measure: 'measure',
  'list<string>': 'list of text',
};

interface Counting {
  type: string;
  filled: number;
  readonly values: Map<string, number>;
}

const ROOTS = [
  ['product', 'Product'],
  ['variant', 'Variant'],
  ['stock', 'Stock'],
] as const;
/** Maps whose members are fields of their own. */
const BAGS: ReadonlySet<string> = new Set(['attributes', 'options']);

/** Looks at rows and tells of every field how often it is filled and with what. Memory is bounded by fields, not by rows. */
export class FieldCensus {
  private readonly fields = new Map<string, Counting>();
  private rows = 0;

  constructor() {
    for (const [root, type] of ROOTS)
      for (const [name, field] of Object.entries(RECORDS[type] ?? {}))
        if (!BAGS.has(name)) this.field(`${root}.${name}`, TYPES[field] ?? field);
  }

  add(row: MappingRow): void {
    this.rows++;
    const { summary, ...product } = row.product;
    this.members('product', { ...product, ...summary } as unknown as JsonObject);
    this.members('variant', row.variant as unknown as JsonObject);
    this.members('stock', row.stock as unknown as JsonObject);
  }

  private members(root: string, of: JsonObject): void {
    for (const [name, value] of Object.entries(of)) {
      if (value === undefined || value === null) continue;
      if (BAGS.has(name) && isJsonObject(value)) this.members(`${root}.${name}`, value);
      else this.count(`${root}.${name}`, value);
    }
  }

  private count(path: string, value: JsonValue): void {
    const inBag = /\.(attributes|options)\./.test(path);
    const field = this.fields.get(path) ?? (inBag ? this.field(path, typeOf(value)) : undefined);
    if (field === undefined || isBlank(value)) return;
    field.filled++;
    const shown = sampleText(value);
    if (field.values.has(shown) || field.values.size < SAMPLES_KEPT)
      field.values.set(shown, (field.values.get(shown) ?? 0) + 1);
  }

  private field(path: string, type: string): Counting {
    const made = { type, filled: 0, values: new Map<string, number>() };
    this.fields.set(path, made);
    return made;
  }

  /** Every field, those of the language first, then the catalog's own by name. */
  all(): readonly FieldFacts[] {
    return [...this.fields].map(([path, { type, filled, values }]) => ({
      path,
      label: fieldLabel(path),
      type,
      filled: this.rows === 0 ? null : filled / this.rows,
      samples: [...values]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, SAMPLES_TOLD),
    }));
  }
}

/** A value as an example; of a list its first entry. */
function sampleText(value: JsonValue): string {
  if (isJsonArray(value)) return sampleText(value[0] ?? '');
  if (!isJsonObject(value)) return cut(String(value));
  const { minor, currency, value: size, unit } = value;
  if (typeof minor === 'number' && typeof currency === 'string') return moneyText({ minor, currency });
  if (typeof size === 'number' && typeof unit === 'string') return `${size} ${unit}`;
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function isBlank(value: JsonValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function typeOf(value: JsonValue): string {
  if (isJsonArray(value)) return 'list of text';
  if (isJsonObject(value)) return 'minor' in value ? 'money' : 'measure';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? 'number' : 'text';
}
