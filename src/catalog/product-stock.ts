import type { Queries } from '../db/database.js';
import type { VariantOffer } from '../domain/product.js';
import type { StockFacts } from '../stock/available.js';
import { keys } from './keys.js';
import { stockFactsOf } from './stock-facts.js';

/** Stock of all variants on sale of each product, by our id of the product. */
export async function stockOfProducts(
  queries: Queries,
  productIds: readonly number[],
): Promise<ReadonlyMap<number, readonly StockFacts[]>> {
  const variants = await queries.all<{ product_id: number; sku: string; offer: string }>(
    `SELECT product_id, sku, offer FROM variant
     WHERE status = 'active' AND product_id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})
     ORDER BY product_id, id`,
    [keys([...new Set(productIds)])],
  );
  const asked = variants.map(({ product_id, sku, offer }) => ({
    product_id,
    sku,
    offer: JSON.parse(offer) as VariantOffer,
  }));
  const stockOf = await stockFactsOf(queries, asked);
  const found = new Map<number, StockFacts[]>();
  for (const variant of asked) {
    const { product_id } = variant;
    const facts = stockOf(variant);
    const known = found.get(product_id);
    if (known) known.push(facts);
    else found.set(product_id, [facts]);
  }
  return found;
}

/** Ids of the other variants of the same products. */
export async function siblingsOf(
  queries: Queries,
  variants: readonly { readonly variantId: number; readonly productId: number }[],
): Promise<number[]> {
  if (variants.length === 0) return [];
  const own = new Set(variants.map((variant) => variant.variantId));
  const rows = await queries.all<{ id: number }>(
    `SELECT id FROM variant WHERE product_id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})
     ORDER BY product_id, id`,
    [keys([...new Set(variants.map((variant) => variant.productId))])],
  );
  return rows.map((row) => row.id).filter((id) => !own.has(id));
}
