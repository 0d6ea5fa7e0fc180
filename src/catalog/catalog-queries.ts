import type { Queries } from '../db/database.js';
import type { Status } from '../domain/product.js';
import type { Lane } from './history.js';

/** Sizes of the catalog. Variants by status add up to all of them. */
export interface CatalogCounts {
  readonly products: number;
  readonly variants: number;
  readonly byStatus: Readonly<Record<Status, number>>;
}

/** Counts what is stored; `products` are those that have not ended, `variants` all. */
export async function catalogCounts(queries: Queries): Promise<CatalogCounts> {
  const products = await queries.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM product WHERE status <> 'ended'`,
  );
  const rows = await queries.all<{ status: Status; n: number }>(
    `SELECT CASE WHEN v.status = 'active' THEN p.status ELSE v.status END AS status, COUNT(*) AS n
     FROM variant v JOIN product p ON p.id = v.product_id GROUP BY 1`,
  );
  const byStatus = { active: 0, draft: 0, archived: 0, ended: 0 };
  for (const row of rows) byStatus[row.status] = row.n;
  const variants = rows.reduce((sum, row) => sum + row.n, 0);
  return { products: products?.n ?? 0, variants, byStatus };
}

/** One entry of the history; `old` and `new` are JSON text, null is absent. */
export interface HistoryEntry {
  readonly sku: string | null;
  readonly lane: Lane;
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly actor: string;
  readonly at: string;
  readonly seq: number;
}

/** The latest changes of a variant and of its product, newest first. */
export async function catalogHistory(queries: Queries, sku: string, limit = 100): Promise<HistoryEntry[]> {
  return queries.all<HistoryEntry>(
    `SELECT sku, lane, field, old, new, actor, at, seq FROM catalog_change
     WHERE sku = ? OR (sku IS NULL AND product_key =
       (SELECT p.product_key FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku = ?))
     ORDER BY id DESC LIMIT ?`,
    [sku, sku, limit],
  );
}

/** A product found by a search. */
export interface FoundProduct {
  readonly productId: number;
  readonly key: string;
  readonly title: string | null;
  readonly status: Status;
  readonly variants: number;
}

/**
 * Products whose id begins with the text, which have a SKU that begins with it, or whose stored body contains it, whatever
 * the capitals of A to Z. Reads the whole product table for texts that are neither: meant for people, not for loops.
 */
export async function productSearch(queries: Queries, text: string, limit = 20): Promise<FoundProduct[]> {
  const escaped = text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const rows = await queries.all<{
    id: number;
    product_key: string;
    status: Status;
    body: string;
    n: number;
  }>(
    `SELECT p.id, p.product_key, p.status, p.body,
       (SELECT COUNT(*) FROM variant v WHERE v.product_id = p.id AND v.status <> 'ended') AS n
     FROM product p
     WHERE p.product_key LIKE ? ESCAPE '\\'
       OR p.id IN (SELECT product_id FROM variant WHERE sku LIKE ? ESCAPE '\\')
       OR LOWER(p.body) LIKE ? ESCAPE '\\'
     ORDER BY p.id LIMIT ?`,
    [`${escaped}%`, `${escaped}%`, `%${escaped.toLowerCase()}%`, limit],
  );
  return rows.map((row) => ({
    productId: row.id,
    key: row.product_key,
    title: (JSON.parse(row.body) as { title?: string }).title ?? null,
    status: row.status,
    variants: row.n,
  }));
}
