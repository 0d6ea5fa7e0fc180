import type { Queries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';

/** A change that waited longer was held back by something else than the channel. */
const LONGEST_MS = 6 * 3_600_000;
/** What is older says nothing of the channel as it is. */
const KEPT_MS = 28 * 86_400_000;

/** Changes a channel has confirmed. */
export interface ConfirmedChanges {
  readonly submission: string;
  readonly skus: readonly string[];
  readonly sentAt: Instant;
  readonly now: Instant;
}

/**
 * Notes how long the slowest of these changes took, from the count or order that made it until the channel confirmed it. Changes of something else than
 * stock are no measure and leave nothing.
 */
export async function noteLag(tx: Queries, channel: string, confirmed: ConfirmedChanges): Promise<void> {
  const { submission, skus, sentAt, now } = confirmed;
  if (skus.length === 0) return;
  const since = plusMs(sentAt, -LONGEST_MS);
  const names = JSON.stringify(skus.map((k) => ({ k })));
  const list = `(SELECT k FROM ${tx.unfold('r', { k: 'text' })})`;
  const row = await tx.get<{ at: Instant | null }>(
    `SELECT MIN(at) AS at FROM (
       SELECT sku, MAX(at) AS at FROM (
         SELECT sku, at FROM stock_movement WHERE before IS NOT NULL AND at > ? AND at <= ? AND sku IN ${list}
         UNION ALL SELECT sku, at FROM reservation WHERE at > ? AND at <= ? AND sku IN ${list}
       ) AS changes GROUP BY sku
     ) AS latest`,
    [since, sentAt, names, since, sentAt, names],
  );
  const changedAt = row?.at ?? null;
  if (changedAt === null) return;
  await tx.run(
    `INSERT INTO offer_lag (channel, submission, at, ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel, submission) DO UPDATE SET at = excluded.at, ms = excluded.ms`,
    [channel, submission, now, epochMs(now) - epochMs(changedAt)],
  );
  await tx.run('DELETE FROM offer_lag WHERE channel = ? AND at < ?', [channel, plusMs(now, -KEPT_MS)]);
}
