import { firstChangeSince } from '../catalog/change-places.js';
import type { Queries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';

/** How long a change of the catalog took until the channel showed it, over a sample of the changes of one hour. */
export interface ChangeDelays {
  /** Changes followed whose listing is live on this or a later version. */
  readonly arrived: number;
  /** Changes followed that the channel does not show yet, or never will. */
  readonly open: number;
  /** Of those that arrived; milliseconds. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

const HOUR_MS = 3_600_000;
const SAMPLE = 300;
/** Beyond every number an entry of the history can have. */
const LAST = 2_147_483_647;

/**
 * Follows changes that are one to two hours old, at most 300: long enough ago to have arrived. Measured from the change to the answer that
 * named it live; later answers for the same listing make it longer than it was, never shorter. Null: nothing changed then.
 */
export async function changeDelays(
  queries: Queries,
  channel: string,
  now: Instant,
): Promise<ChangeDelays | null> {
  const from = await firstChangeSince(queries, plusMs(now, -2 * HOUR_MS));
  const to = await firstChangeSince(queries, plusMs(now, -HOUR_MS));
  if (from === null) return null;
  const rows = await queries.all<{ changed_at: Instant; live_at: Instant | null }>(
    `SELECT c.at AS changed_at, CASE WHEN l.word = 'live' AND l.sent_at >= c.at THEN l.verdict_at END AS live_at
     FROM (SELECT sku, MAX(at) AS at FROM catalog_change WHERE id >= ? AND id < ? AND sku IS NOT NULL AND lane IN ('content', 'offer')
           GROUP BY sku ORDER BY sku LIMIT ?) c
     JOIN variant v ON v.sku = c.sku JOIN listing l ON l.channel = ? AND l.variant_id = v.id
     WHERE l.state = 'listed' AND (l.word <> 'live' OR l.sent_at >= c.at)`,
    [from, to ?? LAST, SAMPLE, channel],
  );
  if (rows.length === 0) return null;
  const delays = rows
    .flatMap(({ changed_at, live_at }) => (live_at === null ? [] : [epochMs(live_at) - epochMs(changed_at)]))
    .sort((a, b) => a - b);
  return {
    arrived: delays.length,
    open: rows.length - delays.length,
    medianMs: at(delays, 0.5),
    p95Ms: at(delays, 0.95),
  };
}

function at(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
