import type { FeedPort } from '../channel/feed-port.js';
import type { Queries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState, writeChannelState } from './channel-state.js';
import { type DesireReport, desireChannel } from './desire.js';
import type { PlanRecord, PlanSummary } from './plan.js';
import { planTally } from './plan.js';
import { channelCounts, eachDue, lockChannel } from './records.js';

/** What a round of a channel that takes one whole document did. */
export interface FeedReport {
  readonly channel: string;
  readonly desired: DesireReport;
  readonly plan: PlanSummary;
  /** The new document; null: nothing changed, or a guard kept the last good one. */
  readonly written: { readonly items: number; readonly bytes: number; readonly location: string } | null;
  /** Changes kept back with the whole document. */
  readonly held: number;
  /** Listings of the document after this round. */
  readonly published: number;
}

/** How a round is run. */
export interface FeedOptions {
  readonly force?: string;
  /** Writes now what would gather for the channel's window. */
  readonly atOnce?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * One round of a whole-document channel. The document is written beside the live one in the same pass that works the listings out, and
 * is switched only if the guards let every change through; otherwise the last good document stays.
 */
export async function feedRound(
  desk: ChannelDesk,
  feed: FeedPort,
  options: FeedOptions = {},
): Promise<FeedReport> {
  const channel = desk.kit.channel.id;
  const state = await readChannelState(desk.database, channel);
  if (state.feed_built_at === null) return build(desk, feed, options);
  const desired = await desireChannel(desk, options.signal ? { signal: options.signal } : {});
  const plan = await feedPlan(desk, options);
  const report = { channel, desired, plan, written: null };
  if (isKept(plan)) return { ...report, held: await markKept(desk, plan), published: await published(desk) };
  if (!(await changeDue(desk, options)) && !refreshDue(desk, state.feed_built_at))
    return { ...report, held: 0, published: await published(desk) };
  const built = await build(desk, feed, options);
  return { ...built, desired: { ...built.desired, changed: desired.changed + built.desired.changed } };
}

/** Whether a guard keeps the last good document. One typing error in a price keeps all of it: its old price is not stored. */
function isKept(plan: PlanSummary): boolean {
  return !plan.released && (plan.holds.length > 0 || plan.facts.priceHolds > 0);
}

/** Writes on every waiting change why it waits; answers how many there are. */
async function markKept(desk: ChannelDesk, plan: PlanSummary): Promise<number> {
  const why =
    plan.holds[0]?.message ?? `${plan.facts.priceHolds} prices moved too far; the last good document stays`;
  await desk.database.run(
    'UPDATE listing SET held = ? WHERE channel = ? AND attention_at IS NOT NULL AND (held IS NULL OR held <> ?)',
    [why, desk.kit.channel.id, why],
  );
  return plan.facts.changes;
}

/** Changes gather for the channel's window before the document is written anew. */
async function changeDue(desk: ChannelDesk, options: FeedOptions): Promise<boolean> {
  const { limits } = desk.kit.connector;
  const horizon = options.atOnce ? plusMs(desk.clock.now(), limits.coalesceMs) : desk.clock.now();
  const due = await desk.database.get(
    `SELECT 1 AS one FROM listing WHERE channel = ? AND ((attention_at IS NOT NULL AND attention_at <= ?) OR (state = 'blocked' AND owned = 1)) LIMIT 1`,
    [desk.kit.channel.id, horizon],
  );
  return due !== undefined;
}

async function published(desk: ChannelDesk): Promise<number> {
  return (await channelCounts(desk.database, desk.kit.channel.id)).live;
}

function refreshDue(desk: ChannelDesk, builtAt: Instant): boolean {
  const { refreshAfterMs } = desk.kit.connector.limits;
  return refreshAfterMs !== null && epochMs(builtAt) + refreshAfterMs <= epochMs(desk.clock.now());
}

async function build(desk: ChannelDesk, feed: FeedPort, options: FeedOptions): Promise<FeedReport> {
  const channel = desk.kit.channel.id;
  const writer = await feed.begin(desk.clock.now().replace(/\D/g, ''));
  let switched = false;
  try {
    const signal = options.signal ? { signal: options.signal } : {};
    const desired = await desireChannel(desk, {
      all: true,
      onListed: (listings) => writer.write(listings),
      ...signal,
    });
    const plan = await feedPlan(desk, options);
    const counts = await channelCounts(desk.database, channel);
    const report = { channel, desired, plan };
    if (isKept(plan))
      return { ...report, written: null, held: await markKept(desk, plan), published: counts.live };
    if (counts.listed === 0 && counts.owned === 0) return { ...report, written: null, held: 0, published: 0 };
    const written = await writer.commit();
    switched = true;
    await markPublished(desk);
    return { ...report, written, held: 0, published: written.items };
  } finally {
    if (!switched) await writer.abort();
  }
}

/** In a whole document what is not listed is gone, so blocked listings that were published count as removals. */
async function feedPlan(desk: ChannelDesk, options: FeedOptions): Promise<PlanSummary> {
  const { database, kit } = desk;
  const counts = await channelCounts(database, kit.channel.id);
  const context = {
    channel: kit.channel.id,
    known: counts.owned,
    desired: counts.listed,
    limits: desk.guard,
    released: options.force ?? null,
  };
  const now = desk.clock.now();
  const tally = planTally(context, now);
  for await (const page of documentChanges(database, { channel: kit.channel.id, known: counts.owned }))
    for (const record of page) tally.add(record);
  return tally.summary();
}

/** Everything that makes the next document another one: what is due, and published listings that became blocked, as removals. */
export async function* documentChanges(
  queries: Queries,
  of: { readonly channel: string; readonly known: number },
): AsyncGenerator<PlanRecord[]> {
  yield* eachDue(queries, of.channel, '9999');
  if (of.known === 0) return;
  for await (const page of publishedButBlocked(queries, of.channel))
    yield page.map((record) => ({ ...record, state: 'excluded' as const }));
}

async function* publishedButBlocked(queries: Queries, channel: string) {
  for (let after = -1; ; ) {
    const page = await queries.all<PlanRecord>(
      "SELECT * FROM listing WHERE channel = ? AND state = 'blocked' AND owned = 1 AND variant_id > ? ORDER BY variant_id LIMIT 2000",
      [channel, after],
    );
    const last = page[page.length - 1];
    if (!last) return;
    yield page;
    after = last.variant_id;
  }
}

const CHUNK = 5_000;

/** The document is what it is: everything listed is published, everything else is not. Written in chunks, so that nothing waits long. */
async function markPublished(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  for (let after = -1; ; ) {
    const until = await desk.database.get<{ id: number | null }>(
      'SELECT MAX(variant_id) AS id FROM (SELECT variant_id FROM listing WHERE channel = ? AND variant_id > ? ORDER BY variant_id LIMIT ?) AS chunk',
      [channel, after, CHUNK],
    );
    if (until?.id === null || until === undefined) break;
    const range = [channel, after, until.id] as const;
    await desk.database.transaction(async (tx) => {
      await lockChannel(tx, channel);
      await tx.run(PUBLISHED, [now, now, ...range]);
      await tx.run(NOT_PUBLISHED, [now, ...range]);
    });
    after = until.id;
  }
  await writeChannelState(desk.database, channel, { feed_built_at: now });
}

const PUBLISHED = `UPDATE listing SET owned = 1, external_id = sku, sent_action = 'upsert', sent_content_rev = content_rev, sent_offer_rev = offer_rev,
  sent_price = price, sent_at = ?, verdict = 'live', verdict_content_rev = content_rev, verdict_offer_rev = offer_rev, verdict_at = ?,
  held = NULL, urgent = 0, attention_at = NULL
  WHERE channel = ? AND variant_id > ? AND variant_id <= ? AND state = 'listed'
    AND (verdict IS NULL OR verdict <> 'live' OR verdict_content_rev <> content_rev OR verdict_offer_rev <> offer_rev OR attention_at IS NOT NULL)`;

const NOT_PUBLISHED = `UPDATE listing SET owned = 0, external_id = NULL, verdict = 'removed', verdict_at = ?, held = NULL, urgent = 0, attention_at = NULL
  WHERE channel = ? AND variant_id > ? AND variant_id <= ? AND state <> 'listed' AND owned = 1`;
