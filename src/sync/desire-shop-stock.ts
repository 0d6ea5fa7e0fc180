import { afterSequence, type CatalogRow, catalogPage } from '../catalog/store.js';
import type { Database, Queries } from '../db/database.js';
import { currentSequence } from '../db/sequence.js';
import type { JsonValue } from '../domain/json.js';
import { revisionOf } from '../domain/revision.js';
import type { ToldLocation } from '../domain/shop-stock.js';
import type { ChannelShare } from '../stock/available.js';
import { toldUnits } from '../stock/told-units.js';

const PAGE = 1_000;

/** What a shop is told. */
export interface ToldStock {
  /** In the order in which they keep units when there are not enough for all. */
  readonly locations: readonly ToldLocation[];
  /** How the shop shares in what lies there. */
  readonly share: ChannelShare;
}

/**
 * Brings what a shop should show up to date. Follows the catalog's sequence, in which counts, orders and releases are writes too; another set-up looks
 * at everything.
 */
export async function desireShopStock(
  database: Database,
  channel: string,
  told: ToldStock,
  signal?: AbortSignal,
): Promise<void> {
  const revision = revisionOf([told.locations, told.share] as unknown as JsonValue);
  const seen = await database.get<{ seq: number; revision: string }>(
    'SELECT seq, revision FROM shop_stock_seen WHERE channel = ?',
    [channel],
  );
  const upTo = await currentSequence(database);
  let cursor = afterSequence(seen?.revision === revision ? Number(seen.seq) : -1);
  for (;;) {
    signal?.throwIfAborted();
    const page = await catalogPage(database, cursor, PAGE);
    await database.transaction(async (tx) => {
      await writePage(tx, channel, { rows: page.rows, told });
      // A pass over everything counts once it is through; one that was cut off begins anew.
      if (page.next === null)
        await tx.run(
          `INSERT INTO shop_stock_seen (channel, seq, revision) VALUES (?, ?, ?)
           ON CONFLICT (channel) DO UPDATE SET seq = excluded.seq, revision = excluded.revision`,
          [channel, upTo, revision],
        );
    });
    if (page.next === null) return;
    cursor = page.next;
  }
}

async function writePage(
  tx: Queries,
  channel: string,
  { rows, told }: { readonly rows: readonly CatalogRow[]; readonly told: ToldStock },
): Promise<void> {
  if (rows.length === 0) return;
  const locations = told.locations.map(({ location }) => location);
  const wanted = rows.flatMap(({ sku, stock }) => {
    const units = toldUnits(stock, told.share, locations);
    return told.locations.flatMap(({ location, inShop }) => {
      const here = units.get(location);
      return here === undefined ? [] : [{ sku, location: inShop, wanted: here }];
    });
  });
  // What nobody counts there any more is unknown, not zero: the shop keeps what it shows.
  await tx.run(
    `UPDATE shop_stock SET wanted = NULL, due = 0
     WHERE channel = ? AND wanted IS NOT NULL AND sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})
       AND (sku, location) NOT IN (SELECT sku, location FROM ${tx.unfold('w', { sku: 'text', location: 'text' })})`,
    [channel, JSON.stringify(rows.map(({ sku }) => ({ sku }))), JSON.stringify(wanted)],
  );
  await tx.run(
    `INSERT INTO shop_stock (channel, sku, location, wanted, due)
     SELECT ?, sku, location, wanted, 1 FROM ${tx.unfold('r', { sku: 'text', location: 'text', wanted: 'integer' })} WHERE 1 = 1
     ON CONFLICT (channel, sku, location) DO UPDATE SET wanted = excluded.wanted, retry_at = NULL, attempts = 0,
       due = CASE WHEN shop_stock.told = excluded.wanted AND shop_stock.trying IS NULL THEN 0 ELSE 1 END
     WHERE shop_stock.wanted IS NULL OR shop_stock.wanted <> excluded.wanted`,
    [channel, JSON.stringify(wanted)],
  );
}
