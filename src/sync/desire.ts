import { siblingsOf } from '../catalog/product-stock.js';
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
import { NoteTally } from '../mapping/notes.js';
import { startOfDay } from './calendar-day.js';
import { changedRecord, type Worked } from './changed-record.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';
import { assertCatalogAddsUp } from './conserve.js';
import { finishListing, mapRow } from './desired.js';
import { keepFamilies } from './family-rows.js';
import { listingRows } from './listing-rows.js';
import { recordMappingUse } from './mapping-uses.js';
import { measureMapping, refuseSlow } from './measure-mapping.js';
import { throughOutlet } from './outlet.js';
import { addPassNotes, endPassNotes } from './pass-notes.js';
import { lockChannel, readRecords, writeRecords } from './records.js';
import { unmanagedAmong } from './unmanaged.js';
import { workOutRow } from './work-out.js';

/** What a pass over the catalog found. */
export interface DesireReport {
  /** `all`: mapping, settings or day changed, or it was asked for; `changes`: only what was written since. */
  readonly mode: 'all' | 'changes';
  readonly seen: number;
  readonly changed: number;
  /** Notes of the mapping: bad data met on the way, kept with the channel by place and pattern. */
  readonly notes: number;
}

/** How a pass is run. */
export interface DesireOptions {
  /** Works out every listing, whatever was computed before. */
  readonly all?: boolean;
  /** Receives every page in catalog order once its records are written, for whole documents. */
  readonly onWorked?: (items: readonly Worked[]) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A pass under way, kept so that a stopped one goes on. */
interface Pass {
  /** Its notes are counted under this name. */
  readonly id: string;
  /** Variants looked at so far. */
  readonly seen: number;
  /** Of these, variants that have not ended. */
  readonly present: number;
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
  const report = { mode: pass.mode, seen: 0, changed: 0, notes: 0 };
  for (;;) {
    options.signal?.throwIfAborted();
    const readAt = await currentSequence(desk.database);
    const page = await readPage(desk.database, pass);
    const worked = { ...(await workOut(desk, page.rows)), readAt };
    if (pass.mode === 'changes' && desk.kit.mapping.readsSiblings) await desireSiblings(desk, page.rows);
    const present = page.rows.filter((row) => row.status !== 'ended').length;
    const done = { ...pass, seen: pass.seen + page.rows.length, present: pass.present + present };
    const after: Pass | null = page.next === null ? null : { ...done, cursor: page.next };
    report.seen += page.rows.length;
    report.notes += worked.notes.total;
    const written = await recordPage(desk, worked, { pass: done, after });
    report.changed += written.changed;
    await options.onWorked?.(written.items);
    if (after === null) {
      const { mode, upTo } = done;
      const met = mode === 'all' ? done.present : null;
      await assertCatalogAddsUp(desk.database, { channel: desk.kit.channel.id, upTo, present: met });
      return report;
    }
    pass = after;
  }
}

async function beginPass(desk: ChannelDesk, all: boolean): Promise<Pass> {
  const { kit } = desk;
  const state = await readChannelState(desk.database, kit.channel.id);
  const day = startOfDay(desk.clock.now(), kit.channel.zone);
  const interrupted = state.pass === null ? null : (JSON.parse(state.pass) as Pass);
  const resumable = interrupted?.revision === kit.revision && interrupted.day === day;
  if (!all && interrupted !== null && resumable && Number.isInteger(interrupted.present)) return interrupted;
  // Audits judge by the clock too (an offer that expired), so a channel with one is looked through once a day.
  const daily = kit.mapping.readsToday || kit.connector.audit !== undefined;
  const stale = state.mapping_revision !== kit.revision || (daily && state.computed_day !== day);
  if (state.mapping_revision !== kit.revision) {
    await measureFirst(desk);
    await desk.database.transaction((tx) => recordMappingUse(tx, kit.mapping, desk.clock.now()));
  }
  const upTo = await currentSequence(desk.database);
  const begun = { id: `${desk.clock.now()}/${upTo}`, seen: 0, present: 0, revision: kit.revision, day, upTo };
  if (all || stale) return { ...begun, mode: 'all', cursor: FIRST_PRODUCT };
  return { ...begun, mode: 'changes', cursor: afterSequence(state.computed_seq) };
}

/** A mapping that was not used before must be cheap enough, or nothing happens. */
async function measureFirst(desk: ChannelDesk): Promise<void> {
  const { rows } = await catalogPageByProduct(desk.database, FIRST_PRODUCT, PAGE);
  const views = await listingRows(desk.database, desk.kit, rows);
  refuseSlow(desk.kit.channel.id, await measureMapping(desk.kit, views, desk.clock));
}

function readPage(
  queries: Queries,
  pass: Pass,
): Promise<{ readonly rows: readonly CatalogRow[]; readonly next: CatalogCursor | ProductCursor | null }> {
  return 'seq' in pass.cursor
    ? catalogPage(queries, pass.cursor, PAGE)
    : catalogPageByProduct(queries, pass.cursor, PAGE);
}

/** Listings worked out together, what the mapping noted, and the last number the catalog had given away before their rows were read. */
interface WorkedPage {
  readonly items: readonly Worked[];
  readonly notes: NoteTally;
  readonly readAt: number;
}

/** Works out the listings of a page, in its order. */
async function workOut(desk: ChannelDesk, rows: readonly CatalogRow[]): Promise<Omit<WorkedPage, 'readAt'>> {
  const { kit } = desk;
  const now = desk.clock.now();
  const today = startOfDay(now, kit.channel.zone);
  const notes = new NoteTally();
  const items: Worked[] = [];
  const views = await listingRows(desk.database, kit, rows);
  for (const [index, row] of rows.entries()) {
    if (row.status === 'ended') {
      items.push({ row, desired: { state: 'gone' }, soldOut: false });
      continue;
    }
    const seen = views[index] ?? kit.rowOf(row);
    const mapped = mapRow(seen, kit, today);
    if (mapped.notes.length > 0) notes.add(row.sku, mapped.notes);
    const desired =
      mapped.state === 'excluded'
        ? mapped
        : finishListing(mapped, await kit.schemaFor(mapped), { kit, now, sku: row.sku });
    const before = openedRow(row, kit.channel.id);
    const asOpened = before === null ? undefined : await workOutRow(desk, before);
    const item = { row, desired, soldOut: seen.stock.available === 0 };
    items.push(asOpened === undefined ? item : { ...item, asOpened });
  }
  return { items, notes };
}

/** The row as it was when a strict channel was given its units; null: it has sold none of them. */
function openedRow(row: CatalogRow, channel: string): CatalogRow | null {
  const own = row.stock.allotments?.find((allotment) => allotment.channel === channel);
  if (own === undefined || own.state !== 'open' || own.sold === 0) return null;
  return { ...row, stock: { ...row.stock, allotments: [{ ...own, sold: 0 }] } };
}

/** Writes what changed and the place of the pass in one transaction. */
async function recordPage(
  desk: ChannelDesk,
  worked: WorkedPage,
  place: { readonly pass: Pass; readonly after: Pass | null },
): Promise<Written> {
  const channel = desk.kit.channel.id;
  const { id, mode, seen: variants } = place.pass;
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, channel);
    const written = await writeWorked(tx, desk, worked);
    const { computed_seq } = await readChannelState(tx, channel);
    await writeChannelState(tx, channel, stateAfter(place, computed_seq));
    await addPassNotes(tx, { channel, id }, worked.notes);
    if (place.after === null)
      await endPassNotes(tx, { channel, id }, { mode, at: desk.clock.now(), variants });
    return written;
  });
}

/** What of a page was written: its listings as they may go out. */
interface Written {
  readonly changed: number;
  readonly items: readonly Worked[];
}

/** Rows the catalog changed since they were read are left to whoever reads them anew: an older view never overwrites a newer one. */
async function writeWorked(tx: Queries, desk: ChannelDesk, worked: WorkedPage): Promise<Written> {
  const moment = {
    channel: desk.kit.channel.id,
    now: desk.clock.now(),
    coalesceMs: desk.kit.connector.limits.coalesceMs,
  };
  const ids = worked.items.map(({ row }) => row.variantId);
  const current = new Map(
    (await readRecords(tx, moment.channel, ids)).map((record) => [record.variant_id, record]),
  );
  const state = await readChannelState(tx, moment.channel);
  const items = await throughOutlet(tx, state, { items: worked.items, current });
  const unmanaged = await unmanagedAmong(
    tx,
    moment.channel,
    items.flatMap(({ row }) => (current.has(row.variantId) ? [] : [row.sku])),
  );
  const untouched = (await currentSequence(tx)) === worked.readAt;
  const numbers = untouched ? null : await sequenceNumbers(tx, ids);
  const changed = items.flatMap((item) =>
    numbers === null || numbers.get(item.row.variantId) === item.row.seq
      ? (changedRecord(current.get(item.row.variantId), item, {
          ...moment,
          unmanaged: unmanaged.has(item.row.sku),
        }) ?? [])
      : [],
  );
  await writeRecords(tx, changed);
  if (desk.kit.connector.family !== undefined)
    await keepFamilies(
      tx,
      moment.channel,
      items.filter(({ row }) => numbers === null || numbers.get(row.variantId) === row.seq),
    );
  return { changed: changed.length, items };
}

async function sequenceNumbers(tx: Queries, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.all<{ id: number; seq: number }>(
    `SELECT id, seq FROM variant WHERE id IN (SELECT id FROM ${tx.unfold('r', { id: 'integer' })})`,
    [JSON.stringify(ids.map((id) => ({ id })))],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** What the mapping reads of a product as a whole changed with one of its variants: the others are looked at again before the pass moves on. */
async function desireSiblings(desk: ChannelDesk, rows: readonly CatalogRow[]): Promise<void> {
  const ids = await siblingsOf(desk.database, rows);
  for (let from = 0; from < ids.length; from += PAGE)
    await desireVariants(desk, ids.slice(from, from + PAGE));
}

/** Works out the listings of single variants anew, outside of any pass: their records no longer fit the catalog or the clock. */
export async function desireVariants(desk: ChannelDesk, variantIds: readonly number[]): Promise<number> {
  if (variantIds.length === 0) return 0;
  const readAt = await currentSequence(desk.database);
  const worked = { ...(await workOut(desk, await variantsById(desk.database, variantIds))), readAt };
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, desk.kit.channel.id);
    return (await writeWorked(tx, desk, worked)).changed;
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
