import {
  afterSequence,
  type CatalogCursor,
  type CatalogRow,
  catalogPage,
  catalogPageByProduct,
  FIRST_PRODUCT,
  type ProductCursor,
  variantsById,
} from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { currentSequence } from '../db/sequence.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import { startOfDay } from './calendar-day.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';
import { type Desired, finishListing, type KindSchema, mapRow } from './desired.js';
import { type ListingRecord, newRecord } from './listing-record.js';
import { lockChannel, readRecords, writeRecords } from './records.js';
import { attentionOf, step } from './step.js';

/** What a pass over the catalog found. */
export interface DesireReport {
  /** `all`: mapping, settings or day changed, or it was asked for; `changes`: only what was written since. */
  readonly mode: 'all' | 'changes';
  readonly seen: number;
  readonly changed: number;
}

/** How a pass is run. */
export interface DesireOptions {
  /** Works out every listing, whatever was computed before. */
  readonly all?: boolean;
  /** Receives every listing of a page in catalog order, for channels that take one whole document. */
  readonly onListed?: (
    listings: readonly { readonly sku: string; readonly attributes: JsonObject }[],
  ) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A pass under way, kept so that a stopped one goes on. */
interface Pass {
  readonly revision: string;
  readonly day: string;
  readonly mode: 'all' | 'changes';
  /** Everything up to this sequence is computed when the pass is done. */
  readonly upTo: number;
  readonly cursor: CatalogCursor | ProductCursor;
}

const PAGE = 1_000;

/**
 * Brings the desired half of a channel's records up to date. Work is proportional to what was written since the last pass; a new
 * revision of the mapping computes everything. Unchanged listings are not written.
 */
export async function desireChannel(desk: ChannelDesk, options: DesireOptions = {}): Promise<DesireReport> {
  let pass = await beginPass(desk, options.all === true);
  const report = { mode: pass.mode, seen: 0, changed: 0 };
  for (;;) {
    options.signal?.throwIfAborted();
    const readAt = await currentSequence(desk.database);
    const page = await readPage(desk.database, pass);
    const worked = { items: await workOut(desk, page.rows), readAt };
    const after: Pass | null = page.next === null ? null : { ...pass, cursor: page.next };
    report.seen += page.rows.length;
    report.changed += await recordPage(desk, worked, { pass, after });
    await options.onListed?.(
      worked.items.flatMap(({ row, desired }) =>
        desired.state === 'listed' ? [{ sku: row.sku, attributes: desired.attributes }] : [],
      ),
    );
    if (after === null) return report;
    pass = after;
  }
}

async function beginPass(desk: ChannelDesk, all: boolean): Promise<Pass> {
  const { kit } = desk;
  const state = await readChannelState(desk.database, kit.channel.id);
  const day = startOfDay(desk.clock.now(), kit.channel.zone);
  const interrupted = state.pass === null ? null : (JSON.parse(state.pass) as Pass);
  if (!all && interrupted?.revision === kit.revision && interrupted.day === day) return interrupted;
  // Audits judge by the clock too (an offer that expired), so a channel with one is looked through once a day.
  const daily = kit.mapping.readsToday || kit.connector.audit !== undefined;
  const stale = state.mapping_revision !== kit.revision || (daily && state.computed_day !== day);
  const upTo = await currentSequence(desk.database);
  const begun = { revision: kit.revision, day, upTo };
  if (all || stale) return { ...begun, mode: 'all', cursor: FIRST_PRODUCT };
  return { ...begun, mode: 'changes', cursor: afterSequence(state.computed_seq) };
}

function readPage(
  queries: Queries,
  pass: Pass,
): Promise<{ readonly rows: readonly CatalogRow[]; readonly next: CatalogCursor | ProductCursor | null }> {
  return 'seq' in pass.cursor
    ? catalogPage(queries, pass.cursor, PAGE)
    : catalogPageByProduct(queries, pass.cursor, PAGE);
}

/** A catalog row with the listing it should have; an ended variant has none. */
interface Worked {
  readonly row: CatalogRow;
  readonly desired: Desired | { readonly state: 'gone' };
  readonly soldOut: boolean;
}

/** Listings worked out together, and the last number the catalog had given away before their rows were read. */
interface WorkedPage {
  readonly items: readonly Worked[];
  readonly readAt: number;
}

/** Works out the listings of a page, in its order. */
async function workOut(desk: ChannelDesk, rows: readonly CatalogRow[]): Promise<Worked[]> {
  const { kit } = desk;
  const now = desk.clock.now();
  const today = startOfDay(now, kit.channel.zone);
  const worked: Worked[] = [];
  for (const row of rows) {
    if (row.status === 'ended') {
      worked.push({ row, desired: { state: 'gone' }, soldOut: false });
      continue;
    }
    const seen = kit.rowOf(row);
    const mapped = mapRow(seen, kit, today);
    const desired =
      mapped.state === 'excluded'
        ? mapped
        : finishListing(mapped, await schemaNow(desk, mapped.kind), { kit, now });
    worked.push({ row, desired, soldOut: seen.stock.available === 0 });
  }
  return worked;
}

function schemaNow(desk: ChannelDesk, kind: string | null): KindSchema | Promise<KindSchema> {
  return desk.kit.loadedSchema(kind) ?? desk.kit.schemaOf(kind);
}

/** Writes what changed and the place of the pass in one transaction. Answers how many records changed. */
async function recordPage(
  desk: ChannelDesk,
  worked: WorkedPage,
  place: { readonly pass: Pass; readonly after: Pass | null },
): Promise<number> {
  const channel = desk.kit.channel.id;
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, channel);
    const changed = await writeWorked(tx, desk, worked);
    const { computed_seq } = await readChannelState(tx, channel);
    await writeChannelState(tx, channel, stateAfter(place, computed_seq));
    return changed;
  });
}

/** Rows the catalog changed since they were read are left to whoever reads them anew: an older view never overwrites a newer one. */
async function writeWorked(tx: Queries, desk: ChannelDesk, worked: WorkedPage): Promise<number> {
  const moment = {
    channel: desk.kit.channel.id,
    now: desk.clock.now(),
    coalesceMs: desk.kit.connector.limits.coalesceMs,
  };
  const ids = worked.items.map(({ row }) => row.variantId);
  const current = new Map(
    (await readRecords(tx, moment.channel, ids)).map((record) => [record.variant_id, record]),
  );
  const untouched = (await currentSequence(tx)) === worked.readAt;
  const numbers = untouched ? null : await sequenceNumbers(tx, ids);
  const changed = worked.items.flatMap((item) =>
    numbers === null || numbers.get(item.row.variantId) === item.row.seq
      ? (changedRecord(current.get(item.row.variantId), item, moment) ?? [])
      : [],
  );
  await writeRecords(tx, changed);
  return changed.length;
}

async function sequenceNumbers(tx: Queries, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.all<{ id: number; seq: number }>(
    `SELECT id, seq FROM variant WHERE id IN (SELECT id FROM ${tx.unfold('r', { id: 'integer' })})`,
    [JSON.stringify(ids.map((id) => ({ id })))],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** Works out the listings of single variants anew, outside of any pass: their records no longer fit the catalog or the clock. */
export async function desireVariants(desk: ChannelDesk, variantIds: readonly number[]): Promise<number> {
  if (variantIds.length === 0) return 0;
  const readAt = await currentSequence(desk.database);
  const worked = { items: await workOut(desk, await variantsById(desk.database, variantIds)), readAt };
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, desk.kit.channel.id);
    return writeWorked(tx, desk, worked);
  });
}

function stateAfter(
  place: { readonly pass: Pass; readonly after: Pass | null },
  computedSeq: number,
): Parameters<typeof writeChannelState>[2] {
  const { pass, after } = place;
  if (after !== null) return { pass: JSON.stringify(after) };
  return {
    pass: null,
    mapping_revision: pass.revision,
    computed_day: pass.day,
    computed_seq: Math.max(computedSeq, pass.upTo),
  };
}

interface Moment {
  readonly channel: string;
  readonly now: Instant;
  readonly coalesceMs: number;
}

/** The record with its new desired half, or null when nothing about it changed. Pure. */
export function changedRecord(
  current: ListingRecord | undefined,
  worked: Worked,
  moment: Moment,
): ListingRecord | null {
  const { row, desired } = worked;
  if (desired.state === 'gone' && current === undefined) return null;
  const record = current ?? newRecord(moment.channel, row.variantId, row.sku);
  const half = desiredHalf(record, desired);
  if (current !== undefined && sameHalf(current, half)) return null;
  const urgent = worked.soldOut && record.owned === 1 ? 1 : record.urgent;
  const next: ListingRecord = {
    ...record,
    ...half,
    urgent,
    held: null,
    version: Math.max(record.version + 1, row.seq),
  };
  return { ...next, attention_at: attentionAfter(record, next, moment) };
}

type DesiredHalf = Pick<
  ListingRecord,
  'state' | 'reason' | 'issues' | 'kind' | 'content_rev' | 'offer_rev' | 'price'
>;

/** A blocked or unlisted variant keeps the revisions of its last good listing: what is live stays described. */
function desiredHalf(record: ListingRecord, desired: Worked['desired']): DesiredHalf {
  const { kind, content_rev, offer_rev, price } = record;
  const kept = { kind, content_rev, offer_rev, price };
  if (desired.state === 'gone')
    return { ...kept, state: 'gone', reason: 'no longer in the catalog', issues: null };
  if (desired.state === 'excluded')
    return { ...kept, state: 'excluded', reason: desired.reason, issues: null };
  const issues = desired.issues.length === 0 ? null : JSON.stringify(desired.issues);
  if (desired.state === 'blocked') return { ...kept, state: 'blocked', reason: null, issues };
  return {
    state: 'listed',
    reason: null,
    issues,
    kind: desired.kind,
    content_rev: desired.contentRev,
    offer_rev: desired.offerRev,
    price: desired.price,
  };
}

function sameHalf(record: ListingRecord, half: DesiredHalf): boolean {
  return (Object.keys(half) as (keyof DesiredHalf)[]).every((name) => record[name] === half[name]);
}

/** Changes of listings gather for the channel's window, unless they are urgent; a change that waits already is not put off again. */
function attentionAfter(before: ListingRecord, next: ListingRecord, moment: Moment): Instant | null {
  const decided = step(next, moment.now);
  if ('until' in decided) return attentionOf(next, moment.now);
  if (next.urgent === 1) return moment.now;
  const window = plusMs(moment.now, moment.coalesceMs);
  const waiting =
    before.attention_at !== null && before.retry_at === null && before.submission === null
      ? before.attention_at
      : null;
  return waiting !== null && waiting < window && waiting > moment.now ? waiting : window;
}
