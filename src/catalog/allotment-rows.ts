import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Allotment, AllotmentState } from '../stock/allotment.js';

/** An allotment as it is stored. */
export interface StoredAllotment extends Allotment {
  /** Orders of the channel that became known after it took from these units. */
  readonly openedAt: Instant;
}

interface Row {
  readonly sku: string;
  readonly channel: string;
  readonly state: AllotmentState;
  readonly units: number;
  readonly opened_at: Instant;
  readonly sold: number | string;
}

/**
 * Units in the hands of strict channels, by SKU. `skus` is made with `keys`. An order counts as sold from the day it became known to us: all that was
 * sold before an allotment was opened was known then.
 */
export async function allotmentsOf(
  queries: Queries,
  skus: string,
): Promise<ReadonlyMap<string, readonly StoredAllotment[]>> {
  const found = new Map<string, StoredAllotment[]>();
  if (!(await queries.get('SELECT 1 AS one FROM stock_allotment LIMIT 1'))) return found;
  const rows = await queries.all<Row>(
    `SELECT a.sku, a.channel, a.state, a.units, a.opened_at, COALESCE((SELECT SUM(l.quantity - l.cancelled) FROM order_line l
         JOIN channel_order o ON o.channel = l.channel AND o.external_id = l.external_id
         WHERE l.sku = a.sku AND l.channel = a.channel AND o.first_seen_at > a.opened_at
           AND o.fulfilled_by = 'merchant' AND o.status <> 'cancelled'), 0) AS sold
     FROM stock_allotment a WHERE a.sku IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) ORDER BY a.sku, a.channel`,
    [skus],
  );
  for (const { sku, channel, state, units, opened_at, sold } of rows) {
    const allotment = { channel, state, units, sold: Number(sold), openedAt: opened_at };
    const known = found.get(sku);
    if (known) known.push(allotment);
    else found.set(sku, [allotment]);
  }
  return found;
}

/** Writes allotments of variants; those of channels that are not among them are taken away. */
export async function writeAllotments(
  tx: Queries,
  variants: readonly { readonly sku: string; readonly allotments: readonly StoredAllotment[] }[],
): Promise<void> {
  const columns = {
    sku: 'text',
    channel: 'text',
    state: 'text',
    units: 'integer',
    opened_at: 'text',
  } as const;
  await tx.run(`DELETE FROM stock_allotment WHERE sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`, [
    JSON.stringify(variants.map(({ sku }) => ({ k: sku }))),
  ]);
  const rows = variants.flatMap(({ sku, allotments }) =>
    allotments.map(({ channel, state, units, openedAt }) => ({
      sku,
      channel,
      state,
      units,
      opened_at: openedAt,
    })),
  );
  if (rows.length > 0) await tx.insert({ table: 'stock_allotment', columns }, rows);
}
