import type { Database } from '../db/database.js';
import type { Money } from '../domain/money.js';
import { readStoredPrices } from '../sync/guard.js';

/** A live listing that can be sold. */
export interface Pick {
  readonly sku: string;
  readonly price: Money | null;
  readonly location: string;
  /** Source that owns the stock count. */
  readonly owner: string;
}

/** Live listings of a channel with enough stock, spread over the catalog. */
export async function picks(
  database: Database,
  wanted: { readonly channel: string; readonly count: number; readonly leastStock: number },
): Promise<Pick[]> {
  const rows = await database.all<{ sku: string; price: string | null; location: string; owner: string }>(
    `SELECT l.sku, l.price, s.location, s.source AS owner FROM listing l JOIN stock_level s ON s.sku = l.sku
     WHERE l.channel = ? AND l.state = 'listed' AND l.verdict = 'live' AND s.on_hand >= ? ORDER BY l.sku LIMIT 500`,
    [wanted.channel, wanted.leastStock],
  );
  const stride = Math.max(1, Math.floor(rows.length / wanted.count));
  return rows
    .filter((_, place) => place % stride === 0)
    .slice(0, wanted.count)
    .map((row) => ({ ...row, price: readStoredPrices(row.price)?.pays ?? null }));
}
