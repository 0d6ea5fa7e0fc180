import type { Queries } from '../db/database.js';
import type { Status } from '../domain/product.js';

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
