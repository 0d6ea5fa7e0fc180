import type { FeedPort } from '../channel/feed-port.js';
import { ChannelError } from '../domain/errors.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { commitDocument } from './commit-document.js';
import { composeDocument } from './compose-document.js';
import { type DesireReport, desireChannel } from './desire.js';
import { clearHolds, feedPlan, markKept, markPriceHolds } from './feed-plan.js';
import { markPublished } from './mark-published.js';
import { sendsNothing } from './outlet.js';
import type { PlanSummary } from './plan.js';
import { channelCounts } from './records.js';

/** What a round of a channel that takes one whole document did. */
export interface FeedReport {
  readonly channel: string;
  readonly desired: DesireReport;
  readonly plan: PlanSummary;
  /** The new document; null: nothing changed, or a guard kept the last good one. */
  readonly written: { readonly items: number; readonly bytes: number; readonly location: string } | null;
  /** Changes kept back: all of them with the whole document, or single ones whose price moved too far. */
  readonly held: number;
  /** Listings of the document after this round. */
  readonly published: number;
  /** Why the channel did not take the document; null: it did, or none was written. The changes are due still. */
  readonly failure: ChannelError | null;
  /** Set when credentials are lost: nothing was written. */
  readonly paused: string | null;
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
 * is switched only if the guards let it through; otherwise the last good document stays. Listings that became blocked and prices that moved
 * too far stay in it as they were last sent.
 */
export async function feedRound(
  desk: ChannelDesk,
  feed: FeedPort,
  options: FeedOptions = {},
): Promise<FeedReport> {
  const channel = desk.kit.channel.id;
  const state = await readChannelState(desk.database, channel);
  const order = { ...options, released: false };
  const paused = sendsNothing(state);
  if (state.feed_built_at === null && paused === null) return build(desk, feed, order);
  const desired = await desireChannel(desk, options.signal ? { signal: options.signal } : {});
  const plan = await feedPlan(desk, options);
  const report = { channel, desired, plan, written: null, failure: null, paused };
  if (paused !== null) return { ...report, held: 0, published: await published(desk) };
  if (plan.holds.length > 0)
    return { ...report, held: await markKept(desk, plan), published: await published(desk) };
  await clearHolds(desk);
  const held = plan.released ? 0 : await markPriceHolds(desk, plan);
  if (!(await changeDue(desk, options)) && !refreshDue(desk, state.feed_built_at ?? desk.clock.now()))
    return { ...report, held, published: await published(desk) };
  const built = await build(desk, feed, { ...options, released: plan.released });
  return { ...built, desired: { ...built.desired, changed: desired.changed + built.desired.changed } };
}

/** Changes gather for the channel's window before the document is written anew; what a guard holds alone is no reason to. */
async function changeDue(desk: ChannelDesk, options: FeedOptions): Promise<boolean> {
  const { limits } = desk.kit.connector;
  const horizon = options.atOnce ? plusMs(desk.clock.now(), limits.coalesceMs) : desk.clock.now();
  const due = await desk.database.get(
    'SELECT 1 AS one FROM listing WHERE channel = ? AND attention_at IS NOT NULL AND attention_at <= ? AND held IS NULL LIMIT 1',
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

/** The channel's refusal of a document is told and waits like any failed call; whatever else goes wrong ends the run. */
async function build(desk: ChannelDesk, feed: FeedPort, order: BuildOrder): Promise<FeedReport> {
  try {
    return await buildDocument(desk, feed, order);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    const desired = await desireChannel(desk, order.signal ? { signal: order.signal } : {});
    const plan = await feedPlan(desk, order);
    const { id: channel } = desk.kit.channel;
    const rest = { written: null, held: 0, published: await published(desk), paused: null };
    return { channel, desired, plan, ...rest, failure: error };
  }
}

interface BuildOrder extends FeedOptions {
  readonly released: boolean;
}

async function buildDocument(desk: ChannelDesk, feed: FeedPort, order: BuildOrder): Promise<FeedReport> {
  const channel = desk.kit.channel.id;
  const begun = { at: desk.clock.now(), key: desk.clock.now().replace(/\D/g, '') };
  const writer = await feed.begin(begun.key);
  let switched = false;
  try {
    const { desired, items, lost } = await composeDocument(desk, writer, order);
    const plan = await feedPlan(desk, order, lost.length);
    const counts = await channelCounts(desk.database, channel);
    const report = { channel, desired, plan, written: null, failure: null, paused: null };
    if (plan.holds.length > 0 || plan.released !== order.released)
      return { ...report, held: await markKept(desk, plan), published: counts.live };
    if (counts.listed === 0 && counts.owned === 0) return { ...report, held: 0, published: 0 };
    await clearHolds(desk);
    const held = plan.released ? 0 : await markPriceHolds(desk, plan);
    const written = await commitDocument(desk, { feed, writer, begun, items });
    switched = true;
    await markPublished(desk, { ...written, reported: feed.report !== undefined, lost });
    return { ...report, written, held, published: written.items };
  } finally {
    if (!switched) await writer.abort();
  }
}
