import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import type { Lane } from './history.js';

/** One thing that changed about a variant: who, when, from what to what. */
export interface HistoryEntry {
  readonly at: Instant;
  /** `import:<id>`, `operator:<name>`, `order:<channel>`. */
  readonly actor: string;
  /** `stock`: a count at the location that `field` names. */
  readonly lane: Lane | 'stock';
  /** `price`, `attributes.material`; `created` for the variant itself. */
  readonly field: string;
  /** Null: absent before, or now. */
  readonly old: JsonValue;
  readonly new: JsonValue;
  /** True: a change of the product, so of its other variants too. */
  readonly ofProduct: boolean;
}

interface HistoryRow {
  readonly at: Instant;
  readonly actor: string;
  readonly lane: HistoryEntry['lane'];
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
  readonly of_product: number;
}

/** The latest changes of a variant, of its product and of its counts, newest first; null: the catalog never had the SKU. */
export async function variantHistory(
  queries: Queries,
  sku: string,
  limit: number,
): Promise<readonly HistoryEntry[] | null> {
  const known = await queries.get<{ product_key: string }>(
    'SELECT p.product_key FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku = ?',
    [sku],
  );
  if (known === undefined) return null;
  const rows = await queries.all<HistoryRow>(
    `SELECT * FROM (
       SELECT * FROM (SELECT at, actor, lane, field, old, new, 0 AS of_product, id FROM catalog_change
         WHERE sku = ? ORDER BY id DESC LIMIT ?) AS own
       UNION ALL
       SELECT * FROM (SELECT at, actor, lane, field, old, new, 1 AS of_product, id FROM catalog_change
         WHERE sku IS NULL AND product_key = ? ORDER BY id DESC LIMIT ?) AS shared
       UNION ALL
       SELECT * FROM (SELECT at, cause AS actor, 'stock' AS lane, location AS field, CAST(before AS text) AS old,
         CAST(after AS text) AS new, 0 AS of_product, id FROM stock_movement WHERE sku = ? ORDER BY id DESC LIMIT ?) AS counts
     ) AS entries ORDER BY at DESC, of_product DESC, lane, id DESC LIMIT ?`,
    [sku, limit, known.product_key, limit, sku, limit, limit],
  );
  return rows.map(({ of_product, at, actor, lane, field, old, new: now }) => ({
    at,
    actor,
    lane,
    field,
    old: parsed(old),
    new: parsed(now),
    ofProduct: of_product === 1,
  }));
}

function parsed(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}
