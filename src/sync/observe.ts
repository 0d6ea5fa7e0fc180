import { answerOrStop } from '../channel/answer-or-stop.js';
import type { ListingPort, Observed } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { canonicalJson, type JsonObject } from '../domain/json.js';
import { takeOver } from './adopt.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';
import { type Desired, type ListingKit, offerOf } from './desired.js';
import { distrustParents, withoutParents } from './family-sightings.js';
import type { ListingRecord } from './listing-record.js';
import { amendRecords, lockChannel } from './records.js';
import { soldOutUnder } from './restock.js';
import { attentionOf } from './step.js';
import { forgetUnmanaged, keepUnmanaged } from './unmanaged.js';

/** What reading a channel back showed. */
export interface Observation {
  readonly seen: number;
  /** Live listings whose attributes differ from what we sent: they are sent again. */
  readonly drifted: number;
  /** Listings the channel no longer has although we had a verdict: they are sent again. */
  readonly missing: number;
  /** Listings that were there before us and are ours from now on, because the channel is set to adopt what we list anyway. */
  readonly adopted: number;
  /** Listings that are not ours: shown, never changed, never removed. */
  readonly unmanaged: number;
  readonly unmanagedSkus: readonly string[];
}

const SAMPLE = 20;
const NOTHING_SEEN: Observation = {
  seen: 0,
  drifted: 0,
  missing: 0,
  adopted: 0,
  unmanaged: 0,
  unmanagedSkus: [],
};

/**
 * Reads back everything the channel has and compares it with what we believe. The place is kept after each page, so that a
 * stopped pass goes on; a failed read ends the pass and concludes nothing.
 */
export async function observeChannel(
  desk: ChannelDesk,
  port: Required<Pick<ListingPort, 'observe'>>,
  signal?: AbortSignal,
): Promise<Observation> {
  const channel = desk.kit.channel.id;
  const state = await readChannelState(desk.database, channel);
  const startedAt =
    state.observe_cursor === null ? desk.clock.now() : (state.observe_started_at ?? desk.clock.now());
  let observation = NOTHING_SEEN;
  for (let cursor = state.observe_cursor; ; ) {
    signal?.throwIfAborted();
    const page = await answerOrStop(port.observe(cursor), signal);
    observation = add(observation, await comparePage(desk, page.items));
    cursor = page.next;
    await writeChannelState(desk.database, channel, {
      observe_cursor: cursor,
      observe_started_at: startedAt,
    });
    if (cursor === null) break;
  }
  const missing = await distrustUnseen(desk, startedAt);
  await distrustParents(desk, startedAt);
  await desk.database.transaction((tx) => forgetUnmanaged(tx, channel, { startedAt, now: desk.clock.now() }));
  await writeChannelState(desk.database, channel, {
    observed_at: desk.clock.now(),
    observe_started_at: null,
  });
  return { ...observation, missing };
}

/** A channel that failed without saying for how long is read again after this. */
const FAILED_MS = 15 * 60_000;

/** Reads a channel back; when a call fails the place is kept, a problem is raised, and the caller is told when to go on. Paused channels are left alone. */
export async function observeOrWait(
  desk: ChannelDesk,
  port: Required<Pick<ListingPort, 'observe'>>,
  signal?: AbortSignal,
): Promise<Observation | { readonly againInMs: number }> {
  const { paused_code } = await readChannelState(desk.database, desk.kit.channel.id);
  if (paused_code !== null) return { againInMs: FAILED_MS };
  try {
    return await observeChannel(desk, port, signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return { againInMs: error.againInMs ?? FAILED_MS };
  }
}

/** Compares what the channel showed with what we believe, and writes what follows from it. */
export async function comparePage(desk: ChannelDesk, items: readonly Observed[]): Promise<Observation> {
  const { kit } = desk;
  const channel = kit.channel.id;
  const bySku = new Map(items.map((item) => [item.sku, item]));
  // What we removed and is there all the same is still ours to remove.
  const owned = await desk.database.all<{ id: number; sku: string }>(
    `SELECT variant_id AS id, sku FROM listing WHERE channel = ? AND (owned = 1 OR verdict = 'removed') AND variant_id IN
       (SELECT v.id FROM variant v WHERE v.sku IN (SELECT sku FROM ${desk.database.unfold('seen', { sku: 'text' })}))`,
    [channel, JSON.stringify(items.map(({ sku }) => ({ sku })))],
  );
  const desired = await desk.desiredOf(owned.map((row) => row.id));
  const now = desk.clock.now();
  let drifted = 0;
  await desk.database.transaction(async (tx) => {
    drifted = 0;
    await amendRecords(tx, { channel, variantIds: owned.map((row) => row.id) }, (record) => {
      const seen = bySku.get(record.sku);
      if (!seen || record.submission !== null) return null;
      const amended = afterObservation(record, seen, { desired: desired.get(record.variant_id), now, kit });
      if (amended.drifted) drifted += 1;
      return amended.record;
    });
  });
  const ours = new Set(owned.map((row) => row.sku));
  const others = await withoutParents(
    desk,
    items.filter((item) => !ours.has(item.sku)),
  );
  const adopted = await meetOthers(desk, others);
  const unmanaged = others.filter((item) => !adopted.has(item.sku)).map((item) => item.sku);
  return {
    seen: items.length,
    drifted,
    missing: 0,
    adopted: adopted.size,
    unmanaged: unmanaged.length,
    unmanagedSkus: unmanaged.slice(0, SAMPLE),
  };
}

/** Keeps what is not ours, and takes over what the channel is set to adopt: only what we list anyway, and nothing the channel says others made. */
async function meetOthers(desk: ChannelDesk, others: readonly Observed[]): Promise<ReadonlySet<string>> {
  if (others.length === 0) return new Set();
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  const open = others
    .filter((item) => item.foreign !== true)
    .map(({ sku, externalId, fulfilledBy = null }) => ({
      sku,
      external_id: externalId,
      fulfilled_by: fulfilledBy,
    }));
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, channel);
    await keepUnmanaged(tx, channel, { items: others, now });
    return new Set(
      desk.adopt === 'matching' ? await takeOver(tx, channel, { listings: open, now, listedOnly: true }) : [],
    );
  });
}

/** What an observation does to a record that has nothing under way. Pure. */
export function afterObservation(
  record: ListingRecord,
  seen: Observed,
  known: {
    readonly desired: Desired | undefined;
    readonly now: Instant;
    readonly kit: Pick<ListingKit, 'connector' | 'offerAttributes'>;
  },
): { readonly record: ListingRecord; readonly drifted: boolean } {
  const { now, desired } = known;
  const base = {
    ...record,
    external_id: seen.externalId,
    verdict_at: now,
    owned: 1,
    sold_out: soldOutAsSeen(record, seen, known.kit),
    fulfilled_by: seen.fulfilledBy ?? record.fulfilled_by,
    priced_by: seen.pricedBy ?? record.priced_by,
  };
  if (seen.state === 'pending') return { record: base, drifted: false };
  // Without attributes nobody knows which revision is shown: what was refused when it was sent stays refused.
  const refused = record.verdict === 'rejected' && record.look_at === null;
  if (seen.attributes === undefined && refused && seen.state === 'live')
    return { record: base, drifted: false };
  const issues = seen.issues.length === 0 ? null : JSON.stringify(seen.issues);
  const asSent =
    record.verdict_content_rev === record.content_rev && record.verdict_offer_rev === record.offer_rev;
  const differs =
    asSent &&
    desired?.state === 'listed' &&
    seen.attributes !== undefined &&
    differing(ownPart(seen.attributes, desired.attributes, known.kit), desired.attributes);
  const changed = differs
    ? { ...base, verdict: null, verdict_content_rev: null, verdict_offer_rev: null }
    : { ...base, verdict: record.verdict === null ? null : seen.state, verdict_issues: issues };
  return { record: { ...changed, attention_at: attentionOf(changed, now) }, drifted: differs };
}

/** A listing the channel sold out by itself needs its price before its next stock, as one we sold out does. */
function soldOutAsSeen(
  record: ListingRecord,
  seen: Observed,
  kit: Pick<ListingKit, 'connector' | 'offerAttributes'>,
): string | null {
  const { withoutStock } = kit.connector;
  if (withoutStock === undefined || seen.attributes === undefined) return record.sold_out;
  return soldOutUnder(offerOf(seen.attributes, kit.offerAttributes), withoutStock);
}

function ownPart(
  shown: JsonObject,
  desired: JsonObject,
  { connector }: Pick<ListingKit, 'connector'>,
): JsonObject {
  return connector.comparable?.(shown, desired) ?? shown;
}

/** Only attributes the channel tells are compared. */
function differing(seen: JsonObject, desired: JsonObject): boolean {
  return Object.entries(seen).some(([name, value]) => canonicalJson(value) !== canonicalJson(desired[name]));
}

/** Live listings that a complete pass did not meet are no longer believed. */
async function distrustUnseen(desk: ChannelDesk, startedAt: Instant): Promise<number> {
  const channel = desk.kit.channel.id;
  return desk.database.transaction(async (tx) => {
    await lockChannel(tx, channel);
    return tx.run(
      `UPDATE listing SET verdict = NULL, verdict_content_rev = NULL, verdict_offer_rev = NULL, attention_at = ?
       WHERE channel = ? AND verdict = 'live' AND owned = 1 AND submission IS NULL AND verdict_at < ? AND sent_at < ?`,
      [desk.clock.now(), channel, startedAt, startedAt],
    );
  });
}

function add(a: Observation, b: Observation): Observation {
  return {
    seen: a.seen + b.seen,
    drifted: a.drifted + b.drifted,
    missing: a.missing + b.missing,
    adopted: a.adopted + b.adopted,
    unmanaged: a.unmanaged + b.unmanaged,
    unmanagedSkus: [...a.unmanagedSkus, ...b.unmanagedSkus].slice(0, SAMPLE),
  };
}
