import type { ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { issuesIn, type ListingWord } from './listing-words.js';

/** Listings with the same error, on one channel. */
export interface IssueGroup {
  readonly channel: string;
  readonly origin: Issue['origin'];
  readonly code: string;
  /** Null: of no attribute. */
  readonly attribute: string | null;
  /** Listings that have it. One with several errors is in several groups. */
  readonly listings: number;
  /** Of these: listings of which the channel still shows something of ours. */
  readonly stillShown: number;
  /** When it was first met on this channel; null: not looked yet, at most ten minutes. */
  readonly since: Instant | null;
  /** One of them, and how its error reads there. */
  readonly sample: { readonly sku: string; readonly issue: Issue };
}

/** Groups of one question. */
export interface IssueGroups {
  readonly groups: readonly IssueGroup[];
  /** Listings in the groups, each counted once. */
  readonly listings: number;
  /** Groups beyond the bound. */
  readonly more: number;
}

const MOST_GROUPS = 100;

interface GroupRow {
  readonly origin: Issue['origin'];
  readonly code: string;
  readonly attribute: string;
  readonly listings: number;
  readonly still_shown: number;
  readonly first: number;
  readonly since: Instant | null;
}

/** Groups listings with these words by their errors, the commonest first. */
export async function issueGroups(
  queries: ReadQueries,
  channels: readonly string[],
  words: readonly ListingWord[],
): Promise<IssueGroups> {
  const groups: IssueGroup[] = [];
  let listings = 0;
  let found = 0;
  for (const channel of channels) {
    const from = sourceOf(words);
    const rows = await queries.all<GroupRow>(
      `SELECT i.origin, i.code, i.attribute, CAST(COUNT(*) AS bigint) AS listings, CAST(SUM(l.owned) AS bigint) AS still_shown, MIN(i.variant_id) AS first,
         (SELECT a.since FROM issue_age a WHERE a.channel = ? AND a.code = i.code AND a.attribute = i.attribute AND a.origin = i.origin) AS since
       ${from} GROUP BY i.origin, i.code, i.attribute ORDER BY listings DESC, i.code, i.attribute`,
      [channel, channel],
    );
    const counted = await queries.get<{ n: number }>(
      `SELECT CAST(COUNT(DISTINCT i.variant_id) AS bigint) AS n ${from}`,
      [channel],
    );
    listings += counted?.n ?? 0;
    found += rows.length;
    groups.push(...(await withSamples(queries, channel, rows)));
  }
  groups.sort((a, b) => b.listings - a.listings || (a.channel < b.channel ? -1 : 1));
  const shown = groups.slice(0, MOST_GROUPS);
  return { groups: shown, listings, more: found - shown.length };
}

/** Errors that stand in the way of a listing: of blocked ones our own, of refused ones the channel's. */
function sourceOf(words: readonly ListingWord[]): string {
  const named = words.map((word) => `'${word}'`).join(', ');
  return `FROM listing_word w CROSS JOIN listing_issue i CROSS JOIN listing l WHERE w.channel = ? AND w.word IN (${named})
    AND i.channel = w.channel AND i.variant_id = w.variant_id AND l.channel = w.channel AND l.variant_id = w.variant_id
    AND (w.word <> 'blocked' OR i.origin = 'ours') AND (w.word <> 'rejected' OR i.origin = 'channel')`;
}

async function withSamples(
  queries: ReadQueries,
  channel: string,
  rows: readonly GroupRow[],
): Promise<IssueGroup[]> {
  const ids = JSON.stringify(rows.slice(0, MOST_GROUPS).map(({ first }) => ({ id: first })));
  const samples = await queries.all<SampleRow>(
    `SELECT variant_id, sku, issues, verdict_issues FROM listing
     WHERE channel = ? AND variant_id IN (SELECT id FROM ${queries.unfold('r', { id: 'integer' })})`,
    [channel, ids],
  );
  const byId = new Map(samples.map((sample) => [sample.variant_id, sample]));
  return rows.flatMap((row) => {
    const { origin, code, listings, since, still_shown: stillShown } = row;
    const sample = sampleOf(row, byId.get(row.first));
    const attribute = row.attribute === '' ? null : row.attribute;
    return sample === null ? [] : [{ channel, origin, code, attribute, listings, stillShown, since, sample }];
  });
}

interface SampleRow {
  readonly variant_id: number;
  readonly sku: string;
  readonly issues: string | null;
  readonly verdict_issues: string | null;
}

function sampleOf(row: GroupRow, sample: SampleRow | undefined): IssueGroup['sample'] | null {
  if (sample === undefined) return null;
  const issues = issuesIn(row.origin === 'ours' ? sample.issues : sample.verdict_issues);
  const issue = issues.find(({ code, attribute = '' }) => code === row.code && attribute === row.attribute);
  return issue === undefined ? null : { sku: sample.sku, issue };
}
