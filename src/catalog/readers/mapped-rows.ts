import type { Product, SourceVariant, StockReading } from '../../domain/product.js';
import { TooExpensive } from '../../mapping/frame.js';
import type { Value } from '../../mapping/functions/definition.js';
import type { SourceField, SourceMapping, SourceValue } from '../source-mapping.js';
import {
  type FieldReader,
  OFFER_FIELDS,
  PRODUCT_FIELDS,
  readUnits,
  VARIANT_FIELDS,
} from '../source-mapping-fields.js';
import type { Intake, Place } from './intake.js';
import { optionName } from './option-name.js';
import type { RawRow, RawRowSink } from './raw-row.js';
import { type Draft, fullAddress, stockAt, VariantList } from './variant-draft.js';

/** A product whose rows are being read. */
interface OpenProduct {
  readonly key: string;
  readonly first: RawRow;
  readonly line: number;
  readonly product: Product;
  readonly list: VariantList;
}

/** Turns raw rows into products as a source mapping says. */
export class MappedRows implements RawRowSink {
  readonly #mapping: SourceMapping;
  readonly #intake: Intake;
  readonly #finished = new Set<string>();
  #open: OpenProduct | null = null;
  #notes = 0;

  constructor(mapping: SourceMapping, intake: Intake) {
    this.#mapping = mapping;
    this.#intake = intake;
  }

  raw(raw: RawRow, line: number): void {
    try {
      this.#row(raw, line);
    } catch (failure) {
      if (!(failure instanceof TooExpensive)) throw failure;
      this.#intake.reject(
        { line },
        'mapping_too_expensive',
        'The mapping does too much work for this row; it is left out.',
      );
    }
  }

  end(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const again = this.#finished.has(open.product.id);
    this.#finished.add(open.product.id);
    this.#intake.finish({ product: open.product, variants: open.list.variants, line: open.line }, again);
  }

  #row(raw: RawRow, line: number): void {
    this.#see(raw, raw, null);
    const skip = this.#mapping.skip.find((rule) => rule.condition(this.#mapping.frame) === true);
    if (skip !== undefined) {
      this.#intake.warn(
        { line },
        'row_skipped',
        `The row is left out by the source mapping: ${skip.reason}.`,
      );
      return;
    }
    if (!this.#place(raw, line) || this.#open === null) return;
    this.#variants(this.#open, raw, line);
  }

  /** Finds the product the row belongs to, or begins it; false when there is none. */
  #place(raw: RawRow, line: number): boolean {
    const { grouping, frame } = this.#mapping;
    if (grouping.kind === 'single') return this.#begin('', raw, line);
    if (grouping.kind === 'starts') {
      if (grouping.starts(frame) === true) return this.#begin('', raw, line);
      if (this.#open !== null) return true;
      this.#intake.reject(
        { line },
        'row_without_product',
        'The row continues a product, but no row before it begins one.',
      );
      return false;
    }
    const key = textOf(grouping.key(frame));
    if (key === undefined) {
      this.#intake.reject(
        { line },
        'key_missing',
        'The row has nothing in the column that says which product it belongs to.',
      );
      return false;
    }
    return this.#open?.key === key || this.#begin(key, raw, line);
  }

  #begin(key: string, raw: RawRow, line: number): boolean {
    this.end();
    const fields = this.#read(this.#mapping.product, PRODUCT_FIELDS, { line });
    this.#reportNotes({ line });
    const { id, ...rest } = fields;
    if (typeof id !== 'string') {
      this.#intake.reject(
        { line, column: 'product.id' },
        'product_id_missing',
        'The row gives no product id.',
      );
      return false;
    }
    const product: Draft<Product> = { status: 'active', ...rest, id };
    if (product.link !== undefined) product.link = fullAddress(this.#intake, product.link);
    if (product.images !== undefined)
      product.images = product.images.map((one) => fullAddress(this.#intake, one));
    this.#open = { key, first: raw, line, product, list: new VariantList(id) };
    return true;
  }

  #variants(open: OpenProduct, raw: RawRow, line: number): void {
    for (const part of this.#parts(open, raw)) {
      this.#see(raw, open.first, part);
      const variant = this.#variant(open, line);
      open.list.add(this.#intake, variant, line);
    }
  }

  #parts(open: OpenProduct, raw: RawRow): readonly (string | null)[] {
    if (this.#mapping.split === null) return [null];
    this.#see(raw, open.first, null);
    const list = this.#mapping.split(this.#mapping.frame);
    const parts = Array.isArray(list)
      ? [...new Set((list as readonly Value[]).map(textOf))].filter((part) => part !== undefined)
      : [];
    return parts.length === 0 ? [null] : parts;
  }

  #variant(open: OpenProduct, line: number): SourceVariant {
    const { sku, gtin, optionNames, optionValues, ...fields } = this.#read(
      this.#mapping.variant,
      VARIANT_FIELDS,
      {
        line,
        key: open.product.id,
      },
    );
    const place = { line, key: typeof sku === 'string' ? sku : open.product.id };
    const code = this.#intake.code(typeof gtin === 'string' ? gtin : undefined, place, 'gtin');
    const content: Record<string, unknown> = { ...code };
    const offer: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields))
      (OFFER_FIELDS.has(name) ? offer : content)[name] = value;
    const options = pairedOptions(optionNames, optionValues);
    if (options !== undefined) content.options = { ...options, ...(content.options as object | undefined) };
    if (Array.isArray(content.images))
      content.images = content.images.map((one: string) => fullAddress(this.#intake, one));
    const variant: Draft<SourceVariant> = { content, offer, line };
    if (typeof sku === 'string') variant.sku = sku;
    const stock = this.#stock(place);
    if (stock !== undefined) variant.stock = stock;
    this.#reportNotes(place);
    return withGeneralPrice(variant, this.#intake.prices.currency);
  }

  /** `stock` is a number of units, or a list of `{ location, onHand }`. */
  #stock(place: Place): readonly StockReading[] | undefined {
    const value = this.#mapping.stock?.(this.#mapping.frame) ?? null;
    const column = { ...place, column: 'stock' };
    if (!Array.isArray(value)) return stockAt(this.#intake, readUnits(value, this.#intake, column));
    const readings: StockReading[] = [];
    for (const entry of value as readonly { readonly location?: Value; readonly onHand?: Value }[]) {
      const location = textOf(entry.location ?? null) ?? this.#intake.location;
      const onHand = readUnits(entry.onHand ?? null, this.#intake, column);
      if (onHand !== undefined) readings.push({ location, onHand });
    }
    return readings.length === 0 ? undefined : readings;
  }

  #read(
    fields: readonly SourceField[],
    readers: Readonly<Record<string, FieldReader>>,
    place: Place,
  ): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    for (const { name, value } of fields) {
      const found = this.#value(name, value);
      const member =
        found === null ? undefined : readers[name]?.(found, this.#intake, { ...place, column: name });
      if (member !== undefined) read[name] = member;
    }
    return read;
  }

  #value(name: string, value: SourceValue): Value {
    this.#mapping.frame.attribute = name;
    return value(this.#mapping.frame);
  }

  #see(raw: RawRow, first: RawRow, part: string | null): void {
    const { frame } = this.#mapping;
    frame.inputs = { row: raw.row, lists: raw.lists, first: first.row, part };
    frame.restart();
    this.#notes = 0;
  }

  /** Bad data the expressions met. */
  #reportNotes(place: Place): void {
    const { notes } = this.#mapping.frame;
    for (const note of notes.slice(this.#notes)) {
      this.#intake.warn(
        { ...place, column: note.attribute ?? undefined },
        'mapping_note',
        `${note.message} (${note.file}:${note.line}).`,
      );
    }
    this.#notes = notes.length;
  }
}

/** Names and values of options that stand in two lists of one order. */
function pairedOptions(names: unknown, values: unknown): Record<string, string> | undefined {
  if (!Array.isArray(names) || !Array.isArray(values)) return undefined;
  const options: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    if (values[index] !== undefined) options[optionName(String(name))] = String(values[index]);
  }
  return Object.keys(options).length === 0 ? undefined : options;
}

/** Without a price of its own, the entry of the price list that holds for everybody in the source's currency. */
function withGeneralPrice(variant: SourceVariant, currency: string | undefined): SourceVariant {
  const { price, prices } = variant.offer;
  if (price !== undefined || prices === undefined) return variant;
  const general = prices.find(
    (one) =>
      one.currency === currency &&
      one.country === undefined &&
      one.group === undefined &&
      one.store === undefined,
  );
  if (general === undefined) return variant;
  return {
    ...variant,
    offer: { ...variant.offer, price: { minor: general.minor, currency: general.currency } },
  };
}

function textOf(value: Value | undefined): string | undefined {
  if (value === null || value === undefined || typeof value === 'object') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}
