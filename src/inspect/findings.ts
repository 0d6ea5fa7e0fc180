import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';

/** How many listings of a channel look wrong on the network, and why. */
export interface InspectionCounts {
  /** Fetches of the latest day. */
  readonly fetched: number;
  /** When everything was last looked at; null: never yet. */
  readonly finishedAt: Instant | null;
  /** Listings with findings. */
  readonly listings: number;
  /** Findings by message code, the commonest first. */
  readonly codes: readonly { readonly code: string; readonly count: number }[];
}

/** What is wrong with a listing on the network, as of the last look. */
export async function findingsOf(queries: Queries, channel: string, sku: string): Promise<readonly Issue[]> {
  const row = await queries.get<{ issues: string }>(
    'SELECT issues FROM sight_finding WHERE channel = ? AND sku = ?',
    [channel, sku],
  );
  return row === undefined ? [] : (JSON.parse(row.issues) as Issue[]);
}

/** Keeps the findings of listings looked at just now; one without any has none any more. */
export async function keepFindings(
  queries: Queries,
  channel: string,
  looked: { readonly now: Instant; readonly issues: ReadonlyMap<string, readonly Issue[]> },
): Promise<void> {
  const { now, issues } = looked;
  const skus = [...issues.keys()].map((sku) => ({ sku }));
  await queries.run(
    `DELETE FROM sight_finding WHERE channel = ? AND sku IN (SELECT sku FROM ${queries.unfold('l', { sku: 'text' })})`,
    [channel, JSON.stringify(skus)],
  );
  const rows = [...issues].filter(([, found]) => found.length > 0);
  await queries.insert(
    {
      table: 'sight_finding',
      columns: { channel: 'text', sku: 'text', issues: 'text', found_at: 'text' },
    },
    rows.map(([sku, found]) => ({ channel, sku, issues: JSON.stringify(found), found_at: now })),
  );
}

/** Forgets findings of listings that were not looked at since: they are no longer listed. */
export function forgetFindingsBefore(queries: Queries, channel: string, begun: Instant): Promise<number> {
  return queries.run('DELETE FROM sight_finding WHERE channel = ? AND found_at < ?', [channel, begun]);
}

/** How the inspection of a channel stands; null: it was never inspected. */
export async function inspectionCounts(queries: Queries, channel: string): Promise<InspectionCounts | null> {
  const round = await queries.get<{ fetched: number; finished_at: string | null }>(
    'SELECT fetched, finished_at FROM sight_round WHERE channel = ?',
    [channel],
  );
  if (round === undefined) return null;
  const rows = await queries.all<{ issues: string; count: number }>(
    'SELECT issues, CAST(COUNT(*) AS bigint) AS count FROM sight_finding WHERE channel = ? GROUP BY issues',
    [channel],
  );
  const codes = new Map<string, number>();
  let listings = 0;
  for (const { issues, count } of rows) {
    listings += Number(count);
    for (const code of new Set((JSON.parse(issues) as Issue[]).map((issue) => issue.code)))
      codes.set(code, (codes.get(code) ?? 0) + Number(count));
  }
  return {
    fetched: Number(round.fetched),
    finishedAt: round.finished_at,
    listings,
    codes: [...codes]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}
