import type { ReadQueries } from '../db/database.js';
import { findProducts, textTerms } from './find-products.js';

const MOST_PRODUCTS = 500;
const MOST_VARIANTS = 2_000;

/**
 * Ids of the variants a text finds, for lists of variants: the one with exactly this SKU, else those of the first 500 products it finds whose
 * SKU, barcode or title has it, else all of theirs.
 */
export async function findVariants(queries: ReadQueries, text: string): Promise<number[]> {
  const exact = await queries.get<{ id: number }>('SELECT id FROM variant WHERE sku = ?', [text.trim()]);
  if (exact !== undefined) return [exact.id];
  const products = await findProducts(queries, textTerms(text), { after: 0, limit: MOST_PRODUCTS });
  const rows = await queries.all<{ id: number; sku: string; content: string }>(
    `SELECT id, sku, content FROM variant WHERE product_id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})
     ORDER BY id LIMIT ?`,
    [JSON.stringify(products.map((k) => ({ k }))), MOST_VARIANTS],
  );
  const wanted = text.trim().toLowerCase();
  const own = rows.filter(
    ({ sku, content }) => sku.toLowerCase().includes(wanted) || content.toLowerCase().includes(wanted),
  );
  return (own.length > 0 ? own : rows).map(({ id }) => id);
}
