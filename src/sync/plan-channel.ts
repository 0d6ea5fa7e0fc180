import { rewindRow } from '../catalog/rewind.js';
import { type CatalogRow, variantsById } from '../catalog/store.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { canonicalJson, type JsonObject, type JsonValue } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { desireChannel } from './desire.js';
import type { Desired } from './desired.js';
import { documentChanges } from './feed-plan.js';
import type { ListingRecord } from './listing-record.js';
import { sendsNothing } from './outlet.js';
import {
  type PlanContext,
  type PlanEntry,
  type PlanRecord,
  type PlanSummary,
  type PublishPlan,
  plannedEntry,
  planTally,
} from './plan.js';
import { planContext } from './plan-context.js';
import { channelCounts, eachDue, readRecords } from './records.js';
import { unmanagedCount } from './unmanaged.js';
import { workOutRow } from './work-out.js';

/** One attribute that will be another one. `before` and `after` are absent where the attribute is. */
export interface AttributeChange {
  readonly attribute: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** A planned change with what it changes. */
export interface DetailedEntry extends PlanEntry {
  /** Null: what was sent before cannot be worked out again, because the mapping has changed since. */
  readonly differences: readonly AttributeChange[] | null;
}

/** A plan for people: every count, and the first entries with their differences. */
export interface DetailedPlan extends PlanSummary {
  readonly entries: readonly DetailedEntry[];
  /** Entries left out of the list. */
  readonly more: number;
  /** Listings the channel has and we did not make, and how many of our own wait for them to be adopted. */
  readonly unmanaged: { readonly listings: number; readonly waiting: number };
  /** Set when credentials are lost: nothing is sent until an operator acts. */
  readonly paused: string | null;
}

/** Works out what would be sent to a channel now, sends nothing. `details`: how many entries are listed with their differences. */
export async function planChannel(desk: ChannelDesk, details: number): Promise<DetailedPlan> {
  await desireChannel(desk);
  const now = desk.clock.now();
  const horizon = plusMs(now, desk.kit.connector.limits.coalesceMs);
  const context = await planContext(desk, null);
  const changes = (): AsyncIterable<PlanRecord[]> => plannedRecords(desk, context, horizon);
  const tally = planTally(context, now);
  for await (const page of changes()) for (const record of page) tally.add(record);
  const plan = tally.summary();
  const entries: PlanEntry[] = [];
  for await (const page of changes()) {
    entries.push(
      ...page.flatMap((record) => plannedEntry(record, now, { ...plan, limits: context.limits }) ?? []),
    );
    if (entries.length >= details) break;
  }
  const listed = sorted(entries).slice(0, details);
  const state = await readChannelState(desk.database, desk.kit.channel.id);
  return {
    ...plan,
    entries: await detailEntries(desk, listed),
    more: plan.facts.changes - listed.length,
    unmanaged: {
      listings: await unmanagedCount(desk.database, desk.kit.channel.id),
      waiting: (await channelCounts(desk.database, desk.kit.channel.id)).unmanaged,
    },
    paused: sendsNothing(state),
  };
}

/** The records a plan is made of, in the order of the catalog: what is due by `horizon`, or what the next whole document changes. */
export function plannedRecords(
  desk: ChannelDesk,
  context: PlanContext,
  horizon: Instant,
): AsyncIterable<PlanRecord[]> {
  return desk.open.feed && !desk.open.listings
    ? documentChanges(desk.database, context)
    : eachDue(desk.database, desk.kit.channel.id, horizon);
}

function sorted(entries: readonly PlanEntry[]): PublishPlan['entries'] {
  return [...entries].sort(
    (a, b) => Number(b.urgent) - Number(a.urgent) || (a.sku < b.sku ? -1 : Number(a.sku > b.sku)),
  );
}

/** Planned changes with what each changes. */
export async function detailEntries(
  desk: ChannelDesk,
  entries: readonly PlanEntry[],
): Promise<DetailedEntry[]> {
  const ids = entries.map((entry) => entry.variantId);
  const records = new Map(
    (await readRecords(desk.database, desk.kit.channel.id, ids)).map((record) => [record.variant_id, record]),
  );
  const rows = new Map((await variantsById(desk.database, ids)).map((row) => [row.variantId, row]));
  const detailed: DetailedEntry[] = [];
  for (const entry of entries) {
    const row = rows.get(entry.variantId);
    const record = records.get(entry.variantId);
    detailed.push({
      ...entry,
      differences: row && record ? await differencesOf(desk, entry, { row, record }) : [],
    });
  }
  return detailed;
}

async function differencesOf(
  desk: ChannelDesk,
  entry: PlanEntry,
  known: { readonly row: CatalogRow; readonly record: ListingRecord },
): Promise<readonly AttributeChange[] | null> {
  const after = entry.action === 'remove' ? {} : attributesOf(await workOutRow(desk, known.row));
  if (entry.change === 'create' || known.record.sent_at === null) return attributeChanges({}, after);
  const sent = await attributesSent(desk, known);
  return sent === null ? null : attributeChanges(sent, after);
}

/** The attributes last sent for a listing, worked out again from the catalog of that instant; null: nothing was, or the mapping has changed since. */
export async function attributesSent(
  desk: ChannelDesk,
  known: { readonly row: CatalogRow; readonly record: ListingRecord },
): Promise<JsonObject | null> {
  const { row, record } = known;
  if (record.sent_at === null || record.sent_action === 'remove') return null;
  const then = await workOutRow(desk, await rewindRow(desk.database, row, record.sent_at));
  const same =
    then.state === 'listed' &&
    then.contentRev === record.sent_content_rev &&
    then.offerRev === record.sent_offer_rev;
  return same ? then.attributes : null;
}

function attributesOf(desired: Desired): JsonObject {
  return desired.state === 'excluded' ? {} : desired.attributes;
}

/** The attributes that differ, by name. Pure. */
export function attributeChanges(before: JsonObject, after: JsonObject): AttributeChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((attribute) => {
    const was = before[attribute];
    const is = after[attribute];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    return [
      {
        attribute,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      },
    ];
  });
}
