import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { type ListingRecord, RECORD_COLUMNS } from './listing-record.js';
import type { PlanRecord } from './plan.js';

const COLUMNS = Object.keys(RECORD_COLUMNS) as readonly (keyof ListingRecord)[];
const ALL = COLUMNS.join(', ');
const UPDATES = COLUMNS.filter((column) => column !== 'channel' && column !== 'variant_id')
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/**
 * Records of the given variants on one channel, in no order. Asked with IN and not as a join: SQLite would walk all records of
 * the channel and read the whole parameter again for each of them.
 */
export async function readRecords(
  queries: Queries,
  channel: string,
  variantIds: readonly number[],
): Promise<ListingRecord[]> {
  if (variantIds.length === 0) return [];
  const ids = JSON.stringify(variantIds.map((id) => ({ id })));
  const wanted = queries.unfold('wanted', { id: 'integer' });
  return queries.all<ListingRecord>(
    `SELECT ${ALL} FROM listing WHERE channel = ? AND variant_id IN (SELECT id FROM ${wanted})`,
    [channel, ids],
  );
}

/** Writes whole records, new or known. It names only columns that some record fills; the others are written empty all the same. */
export async function writeRecords(queries: Queries, records: readonly ListingRecord[]): Promise<void> {
  const filled = COLUMNS.filter((column) => records.some((record) => record[column] !== null));
  const columns = Object.fromEntries(filled.map((column) => [column, RECORD_COLUMNS[column]]));
  const conflict = `ON CONFLICT (channel, variant_id) DO UPDATE SET ${UPDATES}`;
  if (records.length > 0) await queries.insert({ table: 'listing', columns, conflict }, records);
}

/**
 * Changes records in the light of what they are now: reads them inside the transaction, lets `amend` decide (null: leave it), writes
 * the results. The lock on the channel's row makes writers of one channel take turns, in every database.
 */
export async function amendRecords(
  tx: Queries,
  target: { readonly channel: string; readonly variantIds: readonly number[] },
  amend: (record: ListingRecord) => ListingRecord | null,
): Promise<ListingRecord[]> {
  await lockChannel(tx, target.channel);
  const amended: ListingRecord[] = [];
  for (let at = 0; at < target.variantIds.length; at += DUE_PAGE) {
    const page = target.variantIds.slice(at, at + DUE_PAGE);
    const changed = (await readRecords(tx, target.channel, page)).flatMap((record) => amend(record) ?? []);
    await writeRecords(tx, changed);
    amended.push(...changed);
  }
  return amended;
}

/** Takes the channel's row for the rest of the transaction. */
export async function lockChannel(tx: Queries, channel: string): Promise<void> {
  await tx.run('UPDATE channel_state SET channel = channel WHERE channel = ?', [channel]);
}

const DUE_PAGE = 2_000;
const DUE = 'channel = ? AND attention_at IS NOT NULL AND attention_at <= ?';

/** A whole channel is due after its first pass: what a plan does not look at is not read. */
const PLANNED = Object.keys({
  variant_id: true,
  sku: true,
  state: true,
  content_rev: true,
  offer_rev: true,
  price: true,
  urgent: true,
  owned: true,
  unmanaged: true,
  submission: true,
  sent_price: true,
  patience_until: true,
  verdict: true,
  verdict_content_rev: true,
  verdict_offer_rev: true,
  retry_at: true,
  quiet_until: true,
  sent_action: true,
  sent_content_rev: true,
  sent_offer_rev: true,
  refresh_at: true,
} satisfies Record<keyof PlanRecord, true>).join(', ');

/** Walks all records that are due at `horizon` in the order of their variants, page by page. Held ones stay due. */
export async function* eachDue(
  queries: Queries,
  channel: string,
  horizon: Instant,
): AsyncGenerator<PlanRecord[]> {
  yield* walk((after) =>
    queries.all<PlanRecord>(
      `SELECT ${PLANNED} FROM listing WHERE ${DUE} AND variant_id > ? ORDER BY variant_id LIMIT ?`,
      [channel, horizon, after, DUE_PAGE],
    ),
  );
}

/**
 * The same, urgent ones first, in pages of whole batches of `batch` records, so that no page ends with a half-filled call. Records that
 * stop being due behind the walk are not met again.
 */
export async function* eachDueUrgentFirst(
  queries: Queries,
  channel: string,
  { horizon, batch }: { readonly horizon: Instant; readonly batch: number },
): AsyncGenerator<ListingRecord[]> {
  const size = batch * Math.max(1, Math.floor(DUE_PAGE / batch));
  for (const urgent of [1, 0]) {
    yield* walk(
      (after) =>
        queries.all<ListingRecord>(
          `SELECT ${ALL} FROM listing WHERE ${DUE} AND urgent = ? AND variant_id > ? ORDER BY variant_id LIMIT ?`,
          [channel, horizon, urgent, after, size],
        ),
      size,
    );
  }
}

async function* walk<Row extends PlanRecord>(
  read: (after: number) => Promise<Row[]>,
  size = DUE_PAGE,
): AsyncGenerator<Row[]> {
  for (let after = -1; ; ) {
    const page = await read(after);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page[page.length - 1]?.variant_id ?? after;
  }
}

/** Counts of one channel for plans, status and the conservation check. */
export interface ChannelCounts {
  readonly variants: number;
  readonly listed: number;
  readonly blocked: number;
  readonly excluded: number;
  /** Records of variants that left the catalog. */
  readonly gone: number;
  readonly owned: number;
  readonly live: number;
  readonly rejected: number;
  readonly inFlight: number;
  readonly held: number;
  /** Wanted listings that wait because somebody else's listing of the same SKU is there; see `omnifeed adopt`. */
  readonly unmanaged: number;
}

/** Counts the records of a channel by state. `variants` are the records of variants still in the catalog. */
export async function channelCounts(queries: Queries, channel: string): Promise<ChannelCounts> {
  const count = (condition: string): string =>
    `CAST(COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS bigint)`;
  const row = await queries.get<ChannelCounts>(
    `SELECT ${count("state <> 'gone'")} AS variants, ${count("state = 'listed'")} AS listed, ${count("state = 'blocked'")} AS blocked,
            ${count("state = 'excluded'")} AS excluded, ${count("state = 'gone'")} AS gone, ${count('owned = 1')} AS owned,
            ${count("verdict = 'live' AND owned = 1")} AS live, ${count("verdict = 'rejected' AND state = 'listed'")} AS rejected,
            ${count('submission IS NOT NULL')} AS "inFlight", ${count('held IS NOT NULL')} AS held,
            ${count("unmanaged = 1 AND owned = 0 AND state = 'listed'")} AS unmanaged
     FROM listing WHERE channel = ?`,
    [channel],
  );
  return (
    row ?? {
      variants: 0,
      listed: 0,
      blocked: 0,
      excluded: 0,
      gone: 0,
      owned: 0,
      live: 0,
      rejected: 0,
      inFlight: 0,
      held: 0,
      unmanaged: 0,
    }
  );
}

/**
 * The earliest instant at which something of the channel needs a look, of those after `after` if given; null: nothing waits for time to
 * pass. Held changes wait for a person.
 */
export async function nextAttention(
  queries: Queries,
  channel: string,
  after: Instant | null = null,
): Promise<Instant | null> {
  const row = await queries.get<{ at: Instant | null }>(
    `SELECT MIN(attention_at) AS at FROM listing
     WHERE channel = ? AND attention_at IS NOT NULL AND attention_at > ? AND held IS NULL`,
    [channel, after ?? ''],
  );
  return row?.at ?? null;
}
