import { type CatalogRow, variantsById } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { type ChannelShare, channelStock } from '../stock/available.js';
import { readStoredPrices } from '../sync/guard.js';
import { type ListingRecord, RECORD_COLUMNS } from '../sync/listing-record.js';
import {
  issuesIn,
  type ListingWord,
  type SeenWord,
  type StateFacts,
  seenWord,
  stateFacts,
} from './listing-words.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';
import { variantPicture } from './picture.js';
import { titleOf } from './variant-face.js';

/** Which listings are wanted; null: all. */
export interface ListingFilter {
  /** Channels in the order of the configuration; never empty. */
  readonly channels: readonly string[];
  /** Null: all but those that are gone. */
  readonly words: readonly ListingWord[] | null;
  readonly issue: IssueKey | null;
  /** Variants a search found; null: nobody searched. */
  readonly variantIds: readonly number[] | null;
}

/** An error by which listings are grouped. */
export interface IssueKey {
  readonly code: string;
  /** Null: whatever attribute it is about. */
  readonly attribute: string | null;
}

/** One listing in a list. */
export interface ListingLine {
  readonly channel: string;
  readonly sku: string;
  readonly productId: string;
  readonly title: string;
  /** Address of the first picture at the merchant. */
  readonly image: string | null;
  readonly kind: string | null;
  readonly see: SeenWord;
  readonly state: StateFacts;
  readonly errors: number;
  readonly warnings: number;
  readonly firstIssue: Issue | null;
  readonly price: { readonly minor: number; readonly currency: string } | null;
  /** Units the channel may offer now; null: nobody counts. */
  readonly available: number | null;
  readonly sentAt: Instant | null;
  /** When the channel last answered for it or was read back. */
  readonly answeredAt: Instant | null;
}

/** A page of listings, channel by channel in the order of the catalog; where words are asked for, word by word. */
export async function listListings(
  queries: Queries,
  filter: ListingFilter,
  page: { readonly cursor: string | null; readonly limit: number },
  shares: ReadonlyMap<string, ChannelShare>,
): Promise<ViewPage<ListingLine>> {
  const place = placeOf(page.cursor, ['number', 'number']);
  const segments = segmentsOf(filter);
  const records: ListingRecord[] = [];
  const from = Number(place?.[0] ?? 0);
  let at = from;
  let after = Number(place?.[1] ?? -1);
  for (; at < segments.length && records.length <= page.limit; at++) {
    const segment = segments[at];
    if (segment === undefined) break;
    const rows = await readSegment(queries, segment, {
      filter,
      after,
      limit: page.limit + 1 - records.length,
    });
    records.push(...rows);
    after = -1;
  }
  const shown = records.slice(0, page.limit);
  const last = shown[shown.length - 1];
  const more = records.length > page.limit && last !== undefined;
  const next = more ? cursorOf([placeOfSegment(segments, last), last.variant_id]) : null;
  return { items: await linesOf(queries, shown, shares), next };
}

interface Segment {
  readonly channel: string;
  readonly word: ListingWord | null;
}

/** One range of an index each: reading them one after another needs no sorting, however many rows there are. */
function segmentsOf({ channels, words, issue, variantIds }: ListingFilter): readonly Segment[] {
  const narrow = issue !== null || variantIds !== null;
  return channels.flatMap((channel): readonly Segment[] =>
    words === null || narrow ? [{ channel, word: null }] : words.map((word) => ({ channel, word })),
  );
}

function placeOfSegment(
  segments: readonly Segment[],
  record: ListingRecord & { word?: ListingWord },
): number {
  return segments.findIndex(
    ({ channel, word }) => channel === record.channel && (word === null || word === record.word),
  );
}

const COLUMNS = [...Object.keys(RECORD_COLUMNS), 'word'].map((column) => `l.${column}`).join(', ');

function readSegment(
  queries: Queries,
  segment: Segment,
  read: { readonly filter: ListingFilter; readonly after: number; readonly limit: number },
): Promise<ListingRecord[]> {
  if (segment.word !== null)
    return queries.all<ListingRecord>(
      `SELECT ${COLUMNS} FROM listing_word w CROSS JOIN listing l WHERE w.channel = ? AND w.word = ? AND w.variant_id > ?
       AND l.channel = w.channel AND l.variant_id = w.variant_id ORDER BY w.variant_id LIMIT ?`,
      [segment.channel, segment.word, read.after, read.limit],
    );
  const { sql, parameters } = conditionsOf(queries, segment.channel, read.filter);
  return queries.all<ListingRecord>(
    `SELECT ${COLUMNS} FROM listing l WHERE ${sql} AND l.variant_id > ? ORDER BY l.variant_id LIMIT ?`,
    [...parameters, read.after, read.limit],
  );
}

interface Conditions {
  readonly sql: string;
  readonly parameters: readonly (string | number | null)[];
}

function conditionsOf(
  queries: Queries,
  channel: string,
  { issue, variantIds, words }: ListingFilter,
): Conditions {
  const conditions = ['l.channel = ?', wordCondition(words)];
  const parameters: (string | number | null)[] = [channel];
  if (issue !== null) {
    conditions.push(`l.variant_id IN (SELECT variant_id FROM listing_issue WHERE channel = ? AND code = ?
      AND (CAST(? AS text) IS NULL OR attribute = ?))`);
    parameters.push(channel, issue.code, issue.attribute, issue.attribute);
  }
  if (variantIds !== null) {
    conditions.push(`l.variant_id IN (SELECT id FROM ${queries.unfold('wanted', { id: 'integer' })})`);
    parameters.push(JSON.stringify(variantIds.map((id) => ({ id }))));
  }
  return { sql: conditions.join(' AND '), parameters };
}

function wordCondition(words: readonly ListingWord[] | null): string {
  return words === null ? "l.word <> 'gone'" : `l.word IN (${words.map((name) => `'${name}'`).join(', ')})`;
}

/** Completes records with what the catalog knows: one statement per table, whatever the length of the page. */
async function linesOf(
  queries: Queries,
  records: readonly ListingRecord[],
  shares: ReadonlyMap<string, ChannelShare>,
): Promise<ListingLine[]> {
  const ids = [...new Set(records.map((record) => record.variant_id))];
  const rows = new Map((await variantsById(queries, ids)).map((row) => [row.variantId, row]));
  return records.map((record) => {
    const row = rows.get(record.variant_id);
    const share = shares.get(record.channel);
    return {
      ...factsOf(record),
      productId: row?.product.id ?? '',
      title: row === undefined ? record.sku : titleOf(row),
      image: row === undefined ? null : variantPicture(row),
      available: row === undefined || share === undefined ? null : availableOf(row, share),
    };
  });
}

/** Units of a variant a channel may offer; null: nobody counts. */
export function availableOf(row: CatalogRow, share: ChannelShare): number | null {
  return channelStock(row.stock, share).available ?? null;
}

function factsOf(record: ListingRecord): Omit<ListingLine, 'productId' | 'title' | 'image' | 'available'> {
  const issues = [...issuesIn(record.issues), ...issuesIn(record.verdict_issues)];
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  return {
    channel: record.channel,
    sku: record.sku,
    kind: record.kind,
    see: seenWord(record),
    state: stateFacts(record),
    errors: errors.length,
    warnings: warnings.length,
    firstIssue: errors[0] ?? warnings[0] ?? null,
    price: readStoredPrices(record.price)?.pays ?? null,
    sentAt: record.sent_at,
    answeredAt: record.verdict_at,
  };
}

/** How many listings a filter finds: words alone are counted without reading a listing. */
export async function countListings(queries: Queries, filter: ListingFilter): Promise<number> {
  const table = filter.issue === null && filter.variantIds === null ? 'listing_word' : 'listing';
  let rows = 0;
  for (const channel of filter.channels) {
    const { sql, parameters } = conditionsOf(queries, channel, filter);
    const counted = await queries.get<{ n: number }>(
      `SELECT CAST(COUNT(*) AS bigint) AS n FROM ${table} l WHERE ${sql}`,
      parameters,
    );
    rows += counted?.n ?? 0;
  }
  return rows;
}
