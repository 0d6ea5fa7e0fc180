import type { Queries } from '../db/database.js';
import type { Product, ProductSummary, Status, VariantContent, VariantOffer } from '../domain/product.js';
import type { VariantRow } from '../mapping/types.js';
import type { StockFacts } from '../stock/available.js';
import { keys } from './keys.js';
import { overridesOf, type StoredOverride } from './override-rows.js';
import { stockFactsOf } from './stock-facts.js';

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
  const overrides = await overridesOf(queries, { skus, productKeys: products });
  const asked = variants.map(({ sku, offer }) => ({ sku, offer: JSON.parse(offer) as VariantOffer }));
  const stockOf = await stockFactsOf(queries, asked);
  return variants.map((record, at) => {
    const product = products.get(record.product_id);
    if (product === undefined) throw new TypeError(`variant ${record.sku} has no product`);
    const content = JSON.parse(record.content) as VariantContent;
    const own = asked[at] ?? { sku: record.sku, offer: {} };
    // Both were parsed just now and belong to nobody else: filling one of them is much cheaper than spreading two.
    const variant: VariantRow = Object.assign(content, own.offer, {
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
      stock: stockOf(own),
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
