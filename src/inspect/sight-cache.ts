import type { ImageFacts, PageFacts, Sight, SightFacts } from '../channel/inspection.js';
import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long facts are good: pictures rarely change, prices do every day, and what failed may be mended soon. */
const GOOD_FOR_MS = { image: 30 * DAY_MS, page: 20 * HOUR_MS, failed: 20 * HOUR_MS } as const;
/** Facts nobody asked for this long are forgotten. */
const FORGET_MS = 90 * DAY_MS;

/** A sight as it was seen last. */
export interface KnownSight {
  readonly facts: SightFacts;
  readonly etag: string | null;
  readonly staleAt: Instant;
}

interface Row {
  readonly url: string;
  readonly kind: string;
  readonly etag: string | null;
  readonly facts: string;
  readonly stale_at: string;
}

/** What is known of sights, by address; those never looked at are missing. */
export async function knownSights(
  queries: Queries,
  sights: readonly Sight[],
): Promise<ReadonlyMap<string, KnownSight>> {
  if (sights.length === 0) return new Map();
  const rows = await queries.all<Row>(
    `SELECT s.url, s.kind, s.etag, s.facts, s.stale_at FROM sight s
     JOIN ${queries.unfold('w', { url: 'text', kind: 'text' })} ON w.url = s.url AND w.kind = s.kind`,
    [JSON.stringify(sights.map(({ url, kind }) => ({ url, kind })))],
  );
  return new Map(
    rows.map((row) => [
      row.url,
      { facts: JSON.parse(row.facts) as SightFacts, etag: row.etag, staleAt: row.stale_at },
    ]),
  );
}

/** Keeps what was seen just now. */
export async function keepSight(
  queries: Queries,
  sight: Sight,
  seen: { readonly facts: SightFacts; readonly etag: string | null; readonly now: Instant },
): Promise<void> {
  await queries.run(
    `INSERT INTO sight (url, kind, etag, facts, checked_at, stale_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (url, kind) DO UPDATE SET etag = excluded.etag, facts = excluded.facts, checked_at = excluded.checked_at,
       stale_at = excluded.stale_at`,
    [
      sight.url,
      sight.kind,
      seen.etag,
      JSON.stringify(seen.facts),
      seen.now,
      plusMs(seen.now, GOOD_FOR_MS[hasFailed(seen.facts) ? 'failed' : sight.kind]),
    ],
  );
}

/** Forgets what no listing has asked for in a long time. */
export function forgetOldSights(queries: Queries, now: Instant): Promise<number> {
  return queries.run('DELETE FROM sight WHERE checked_at < ?', [plusMs(now, -FORGET_MS)]);
}

function hasFailed({ status }: ImageFacts | PageFacts): boolean {
  return status === null || status >= 400;
}
