import type { FeedPort, WrittenFeed } from '../channel/feed-port.js';
import { ChannelError } from '../domain/errors.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import type { ChannelDesk } from './channel-desk.js';
import { writeChannelState } from './channel-state.js';
import { commitDocument } from './commit-document.js';
import { composeDocument } from './compose-document.js';
import { desireChannel } from './desire.js';
import { sendsNothingTo } from './outlet.js';
import type { PlanSummary } from './plan.js';
import { planTally } from './plan.js';
import { planContext } from './plan-context.js';
import { eachDue, lockChannel } from './records.js';

/** What a healing round did. */
export interface HealReport {
  readonly channel: string;
  /** The committed document; null: none was. */
  readonly written: WrittenFeed | null;
  /** Listings in it that are blocked or held and were stated as they were last sent. */
  readonly kept: number;
  /** Why no document was committed, in a sentence; null: it was. */
  readonly held: string | null;
  readonly failure: ChannelError | null;
}

/**
 * States everything that is desired on a channel in one document, beside the single changes that travel all day: whatever drifted or got lost
 * is mended, whatever is there and should not be goes. Nothing is committed while a guard holds the plan, when nothing is listed, or when a
 * blocked listing would fall out of the document: what is live stays, and a person is told.
 */
export async function healRound(
  desk: ChannelDesk,
  feed: FeedPort,
  signal?: AbortSignal,
): Promise<HealReport> {
  const { database, kit } = desk;
  const channel = kit.channel.id;
  const report = { channel, written: null, kept: 0, held: null, failure: null };
  const paused = await sendsNothingTo(database, channel);
  if (paused !== null) return { ...report, held: `the channel is paused (${paused})` };
  await desireChannel(desk, signal ? { signal } : {});
  const held = heldBecause(await wholePlan(desk));
  if (held !== null) return postponed(desk, held);
  try {
    return await healWith(desk, feed, signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return { ...report, failure: error };
  }
}

/** The plan of everything that is due at any time: a document states it all at once. */
async function wholePlan(desk: ChannelDesk): Promise<PlanSummary> {
  const tally = planTally(await planContext(desk, null), desk.clock.now());
  for await (const page of eachDue(desk.database, desk.kit.channel.id, '9999'))
    for (const record of page) tally.add(record);
  return tally.summary();
}

function heldBecause(plan: PlanSummary): string | null {
  if (plan.holds[0] !== undefined) return plan.holds[0].message;
  return plan.facts.desired === 0 ? 'nothing is listed' : null;
}

async function healWith(desk: ChannelDesk, feed: FeedPort, signal?: AbortSignal): Promise<HealReport> {
  const { database, kit } = desk;
  const channel = kit.channel.id;
  const begun = { at: desk.clock.now(), key: desk.clock.now().replace(/\D/g, '') };
  const writer = await feed.begin(begun.key);
  let switched = false;
  try {
    const { items, kept, lost } = await composeDocument(desk, writer, {
      released: false,
      ...(signal ? { signal } : {}),
    });
    if (lost.length > 0) {
      const names = lost.slice(0, 5).map(({ sku }) => sku);
      return await postponed(
        desk,
        `${lost.length} blocked listings would fall out of the document, because what was last sent of them is no longer known (${names.join(', ')})`,
      );
    }
    if (items === 0) return await postponed(desk, 'the document would be empty');
    await ownBeforehand(desk);
    const written = await commitDocument(desk, { feed, writer, begun, items });
    switched = true;
    await writeChannelState(database, channel, { healed_at: written.at });
    await clearProblem(database, problemKey(channel));
    return { channel, written, kept, held: null, failure: null };
  } finally {
    if (!switched) await writer.abort();
  }
}

/** Written before the channel sees the document: what it creates is ours to remove, even when we die right after. */
async function ownBeforehand(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  await desk.database.transaction(async (tx) => {
    await lockChannel(tx, channel);
    await tx.run(
      "UPDATE listing SET owned = 1 WHERE channel = ? AND state = 'listed' AND owned = 0 AND unmanaged IS NULL",
      [channel],
    );
  });
}

async function postponed(desk: ChannelDesk, held: string): Promise<HealReport> {
  const channel = desk.kit.channel.id;
  await raiseProblem(
    desk.database,
    {
      key: problemKey(channel),
      channel,
      severity: 'warning',
      code: 'healing_postponed',
      message: `No healing document was sent: ${held}`,
      advice: `What is live stays, and changes still travel one by one. See omnifeed plan ${channel} and omnifeed status.`,
    },
    desk.clock.now(),
  );
  return { channel, written: null, kept: 0, held, failure: null };
}

function problemKey(channel: string): string {
  return `channel:${channel}:heal`;
}
