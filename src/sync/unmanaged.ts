import type { Observed } from '../channel/connector.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { lockChannel } from './records.js';

/** A listing the channel has that we neither sent nor adopted: shown and counted, never changed, never removed. */
export interface UnmanagedListing {
  readonly sku: string;
  readonly external_id: string;
  readonly state: Observed['state'];
  /** 1: the channel says that somebody else made it. */
  readonly by_others: number;
  /** Who ships it, in the channel's own word; null: the channel does not tell. */
  readonly fulfilled_by: string | null;
  readonly first_seen_at: Instant;
}

/** Keeps what a page of a read-back showed that is not ours, and marks the records of the same SKUs, so that they wait. */
export async function keepUnmanaged(
  tx: Queries,
  channel: string,
  seen: { readonly items: readonly Observed[]; readonly now: Instant },
): Promise<void> {
  if (seen.items.length === 0) return;
  const rows = seen.items.map(({ sku, externalId, state, foreign, fulfilledBy }) => ({
    sku,
    external_id: externalId,
    state,
    by_others: foreign === true ? 1 : 0,
    fulfilled_by: fulfilledBy ?? null,
  }));
  const columns = {
    sku: 'text',
    external_id: 'text',
    state: 'text',
    by_others: 'integer',
    fulfilled_by: 'text',
  } as const;
  await tx.run(
    `INSERT INTO unmanaged (channel, sku, external_id, state, by_others, fulfilled_by, first_seen_at, seen_at)
     SELECT CAST(? AS text), r.sku, r.external_id, r.state, r.by_others, r.fulfilled_by, CAST(? AS text), CAST(? AS text) FROM ${tx.unfold('r', columns)} WHERE true
     ON CONFLICT (channel, sku) DO UPDATE SET external_id = excluded.external_id, state = excluded.state, by_others = excluded.by_others, fulfilled_by = excluded.fulfilled_by, seen_at = excluded.seen_at`,
    [channel, seen.now, seen.now, JSON.stringify(rows)],
  );
  await tx.run(
    `UPDATE listing SET unmanaged = 1, attention_at = NULL WHERE channel = ? AND owned = 0 AND unmanaged IS NULL AND variant_id IN
       (SELECT v.id FROM variant v WHERE v.sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })}))`,
    [channel, JSON.stringify(rows.map(({ sku }) => ({ sku })))],
  );
}

/** After a complete read-back: listings of others that were not met any more are gone, and the SKU is free for us. */
export async function forgetUnmanaged(
  tx: Queries,
  channel: string,
  pass: { readonly startedAt: Instant; readonly now: Instant },
): Promise<void> {
  await lockChannel(tx, channel);
  await tx.run('DELETE FROM unmanaged WHERE channel = ? AND seen_at < ?', [channel, pass.startedAt]);
  await tx.run(
    `UPDATE listing SET unmanaged = NULL, attention_at = ? WHERE channel = ? AND unmanaged = 1
       AND sku NOT IN (SELECT sku FROM unmanaged WHERE channel = ?)`,
    [pass.now, channel, channel],
  );
}

/** Which of these SKUs are taken by a listing that is not ours. */
export async function unmanagedAmong(
  queries: Queries,
  channel: string,
  skus: readonly string[],
): Promise<ReadonlySet<string>> {
  if (skus.length === 0) return new Set();
  const rows = await queries.all<{ sku: string }>(
    `SELECT sku FROM unmanaged WHERE channel = ? AND sku IN (SELECT sku FROM ${queries.unfold('r', { sku: 'text' })})`,
    [channel, JSON.stringify(skus.map((sku) => ({ sku })))],
  );
  return new Set(rows.map((row) => row.sku));
}

/** How many listings of a channel are not ours. */
export async function unmanagedCount(queries: Queries, channel: string): Promise<number> {
  const row = await queries.get<{ n: number }>(
    'SELECT CAST(COUNT(*) AS bigint) AS n FROM unmanaged WHERE channel = ?',
    [channel],
  );
  return row?.n ?? 0;
}

/** Listings that are not ours, by SKU; the first page, or the one after a SKU. */
export function unmanagedPage(
  queries: Queries,
  channel: string,
  page: { readonly after: string; readonly size: number },
): Promise<UnmanagedListing[]> {
  return queries.all<UnmanagedListing>(
    'SELECT sku, external_id, state, by_others, fulfilled_by, first_seen_at FROM unmanaged WHERE channel = ? AND sku > ? ORDER BY sku LIMIT ?',
    [channel, page.after, page.size],
  );
}
