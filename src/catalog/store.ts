import type { Queries } from '../db/database.js';
import type { Product, ProductSummary, Status, VariantContent, VariantOffer } from '../domain/product.js';
import type { VariantRow } from '../mapping/types.js';
import type { Allotment } from '../stock/allotment.js';
import type { StockFacts, StockLevel } from '../stock/available.js';
import { allotmentsOf } from './allotment-rows.js';
import { overridesOf, type StoredOverride } from './override-rows.js';

/** A variant with everything a mapping looks at. Rows of one product share the `product` object within a page. */
export interface CatalogRow {
  readonly variantId: number;
  readonly productId: number;
  readonly sku: string;
  /** Number of the write that touched the variant, its product, stock or overrides last. */
  readonly seq: number;
  /** Of variant and product the one that keeps it off sale: `active` only when both are. */
  readonly status: Status;
  readonly product: Product;
  readonly variant: VariantRow;
  readonly stock: StockFacts;
  /** Overrides for any channel; `overrideFor` picks those of one. */
  readonly overrides: readonly StoredOverride[];
}

/** Where a walk by sequence number stands: everything up to and including this place was seen. */
export interface CatalogCursor {
  readonly seq: number;
  readonly productId: number;
  readonly variantId: number;
}

/** A page of the catalog. `next` is null when nothing follows now. */
export interface CatalogPage<Cursor> {
  readonly rows: readonly CatalogRow[];
  readonly next: Cursor | null;
}

/** Where a walk in product order stands. */
export type ProductCursor = Omit<CatalogCursor, 'seq'>;

/** The cursor before the first variant written after the sequence number `seq`. */
export function afterSequence(seq: number): CatalogCursor {
  return { seq: seq + 1, productId: 0, variantId: 0 };
}

/** The cursor before the first product. */
export const FIRST_PRODUCT: ProductCursor = { productId: 0, variantId: 0 };

/** Variants in the order of their latest writes, after `cursor`: what changed since a channel looked last. */
export async function catalogPage(
  queries: Queries,
  cursor: CatalogCursor,
  limit: number,
): Promise<CatalogPage<CatalogCursor>> {
  const variants = await queries.all<VariantRecord>(
    `SELECT ${VARIANT} FROM variant WHERE (seq, product_id, id) > (?, ?, ?)
     ORDER BY seq, product_id, id LIMIT ?`,
    [cursor.seq, cursor.productId, cursor.variantId, limit],
  );
  const last = variants.length < limit ? undefined : variants[variants.length - 1];
  return {
    rows: await rowsOf(queries, variants),
    next: last ? { seq: last.seq, productId: last.product_id, variantId: last.id } : null,
  };
}

/** All variants, ended ones too, product by product: for computing a whole channel. */
export async function catalogPageByProduct(
  queries: Queries,
  cursor: ProductCursor,
  limit: number,
): Promise<CatalogPage<ProductCursor>> {
  const variants = await queries.all<VariantRecord>(
    `SELECT ${VARIANT} FROM variant WHERE (product_id, id) > (?, ?) ORDER BY product_id, id LIMIT ?`,
    [cursor.productId, cursor.variantId, limit],
  );
  const last = variants.length < limit ? undefined : variants[variants.length - 1];
  return {
    rows: await rowsOf(queries, variants),
    next: last ? { productId: last.product_id, variantId: last.id } : null,
  };
}

/** The variants with these SKUs, in no particular order; unknown SKUs are not among them. */
export async function variantsBySku(queries: Queries, skus: readonly string[]): Promise<CatalogRow[]> {
  const variants = await queries.all<VariantRecord>(
    `SELECT ${VARIANT} FROM variant WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })})`,
    [keys(skus)],
  );
  return rowsOf(queries, variants);
}

/** The variants with these ids of ours, ordered by product and variant. */
export async function variantsById(queries: Queries, ids: readonly number[]): Promise<CatalogRow[]> {
  const variants = await queries.all<VariantRecord>(
    `SELECT ${VARIANT} FROM variant WHERE id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})
     ORDER BY product_id, id`,
    [keys(ids)],
  );
  return rowsOf(queries, variants);
}

const VARIANT = 'id, product_id, sku, position, status, content, offer, seq';

interface VariantRecord {
  readonly id: number;
  readonly product_id: number;
  readonly sku: string;
  readonly position: number;
  readonly status: Status;
  readonly content: string;
  readonly offer: string;
  readonly seq: number;
}

/** Completes records of variants with product, stock and overrides: a few statements per page, whatever its length. */
async function rowsOf(queries: Queries, variants: readonly VariantRecord[]): Promise<CatalogRow[]> {
  if (variants.length === 0) return [];
  const products = await productsOf(queries, variants);
  const skus = keys(variants.map((variant) => variant.sku));
  const levels = await levelsOf(queries, skus);
  const reserved = await reservedOf(queries, skus);
  const allotments = await allotmentsOf(queries, skus);
  const overrides = await overridesOf(queries, { skus, productKeys: products });
  return variants.map((record) => {
    const product = products.get(record.product_id);
    if (product === undefined) throw new TypeError(`variant ${record.sku} has no product`);
    const content = JSON.parse(record.content) as VariantContent;
    const offer = JSON.parse(record.offer) as VariantOffer;
    // Both were parsed just now and belong to nobody else: filling one of them is much cheaper than spreading two.
    const variant: VariantRow = Object.assign(content, offer, {
      id: String(record.id),
      sku: record.sku,
      position: record.position,
      status: record.status,
    });
    return {
      variantId: record.id,
      productId: record.product_id,
      sku: record.sku,
      seq: record.seq,
      status: record.status === 'active' ? product.status : record.status,
      product,
      variant,
      stock: stockFacts(offer, {
        levels: levels.get(record.sku),
        reserved: reserved.get(record.sku),
        allotments: allotments.get(record.sku),
      }),
      overrides: overrides(record.sku, product.id),
    };
  });
}

async function productsOf(
  queries: Queries,
  variants: readonly VariantRecord[],
): Promise<Map<number, Product>> {
  const ids = [...new Set(variants.map((variant) => variant.product_id))];
  const records = await queries.all<{ id: number; status: Status; body: string; summary: string | null }>(
    `SELECT id, status, body, summary FROM product
     WHERE id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})`,
    [keys(ids)],
  );
  return new Map(records.map((record) => [record.id, productOf(record)]));
}

/** The domain product of a stored one. */
export function productOf(record: {
  readonly status: Status;
  readonly body: string;
  readonly summary: string | null;
}): Product {
  const product = JSON.parse(record.body) as Product;
  return {
    ...product,
    status: record.status,
    ...(record.summary === null ? {} : { summary: JSON.parse(record.summary) as ProductSummary }),
  };
}

/** Counts of variants per location, by SKU. `skus` is made with `keys`. */
export async function levelsOf(queries: Queries, skus: string): Promise<Map<string, StockLevel[]>> {
  const records = await queries.all<{ sku: string; location: string; on_hand: number }>(
    `SELECT sku, location, on_hand FROM stock_level
     WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) ORDER BY sku, location`,
    [skus],
  );
  const levels = new Map<string, StockLevel[]>();
  for (const { sku, location, on_hand } of records) {
    const level = { location, onHand: on_hand };
    const known = levels.get(sku);
    if (known) known.push(level);
    else levels.set(sku, [level]);
  }
  return levels;
}

/** Units of open orders by SKU. `skus` is made with `keys`. */
export async function reservedOf(queries: Queries, skus: string): Promise<Map<string, number>> {
  if (!(await queries.get('SELECT 1 AS one FROM reservation LIMIT 1'))) return new Map();
  const records = await queries.all<{ sku: string; units: number | string }>(
    `SELECT sku, SUM(quantity) AS units FROM reservation
     WHERE sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) GROUP BY sku`,
    [skus],
  );
  return new Map(records.map((record) => [record.sku, Number(record.units)]));
}

const NO_LEVELS: readonly StockLevel[] = [];

/** What is known of a variant's stock. */
export function stockFacts(
  offer: VariantOffer,
  known: {
    readonly levels: readonly StockLevel[] | undefined;
    readonly reserved: number | undefined;
    readonly allotments?: readonly Allotment[] | undefined;
  },
): StockFacts {
  return {
    levels: known.levels ?? NO_LEVELS,
    reserved: known.reserved ?? 0,
    ...(known.allotments === undefined ? {} : { allotments: known.allotments }),
    ...(offer.tracked === undefined ? {} : { tracked: offer.tracked }),
    ...(offer.policy === undefined ? {} : { policy: offer.policy }),
    ...(offer.leadDays === undefined ? {} : { leadDays: offer.leadDays }),
    ...(offer.restockAt === undefined ? {} : { restockAt: offer.restockAt }),
  };
}

/** One-column parameter for `unfold('r', { k: … })`. */
export function keys(values: readonly (string | number)[]): string {
  return JSON.stringify(values.map((k) => ({ k })));
}
