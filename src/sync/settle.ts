import { answerOrStop } from '../channel/answer-or-stop.js';
import type { ListingPort, Receipt, Settlement } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { noteLag } from './offer-lags.js';
import { type OpenSubmission, type PendingItem, pendingItems, pendingSubmission } from './pending.js';
import { afterReceipt } from './receipts.js';
import { amendRecords } from './records.js';

/** What a round of asking brought. */
export interface Settled {
  readonly asked: number;
  readonly verdicts: number;
  readonly live: number;
  readonly rejected: number;
  readonly removed: number;
}

const LONGEST_LOOK_MS = 15 * 60_000;
const SUBMISSIONS_PER_ROUND = 200;

/** Asks the channel about every submission whose next look is due, and records the verdicts. */
export async function settleDue(
  desk: ChannelDesk,
  port: ListingPort,
  signal?: AbortSignal,
): Promise<Settled> {
  let settled: Settled = { asked: 0, verdicts: 0, live: 0, rejected: 0, removed: 0 };
  const due = await desk.database.all<OpenSubmission>(
    'SELECT id, handle, lane, sent_at, looks FROM submission WHERE channel = ? AND look_at <= ? ORDER BY look_at, id LIMIT ?',
    [desk.kit.channel.id, desk.clock.now(), SUBMISSIONS_PER_ROUND],
  );
  for (const submission of due) {
    signal?.throwIfAborted();
    settled = add(settled, await settleOne(desk, { port, signal }, submission));
  }
  return settled;
}

/** When the channel must next be asked; null: nothing is pending. */
export async function nextLook(desk: ChannelDesk): Promise<string | null> {
  const row = await desk.database.get<{ at: string | null }>(
    'SELECT MIN(look_at) AS at FROM submission WHERE channel = ?',
    [desk.kit.channel.id],
  );
  return row?.at ?? null;
}

/** A channel that may be told to stop being waited for. */
interface Way {
  readonly port: ListingPort;
  readonly signal: AbortSignal | undefined;
}

async function settleOne(desk: ChannelDesk, way: Way, submission: OpenSubmission): Promise<Settled> {
  const items = await pendingItems(desk.database, submission.id);
  const nothing: Settled = { asked: 0, verdicts: 0, live: 0, rejected: 0, removed: 0 };
  if (items.length === 0 || !way.port.settle) {
    await desk.database.run('DELETE FROM submission WHERE id = ?', [submission.id]);
    return nothing;
  }
  const answer = await ask(desk, way, { submission, items });
  if (answer === null) return nothing;
  return record(desk, { submission, items, answer });
}

async function ask(
  desk: ChannelDesk,
  { port, signal }: Way,
  pending: { submission: OpenSubmission; items: readonly PendingItem[] },
): Promise<Settlement | null> {
  const { submission, items } = pending;
  try {
    if (!port.settle) return null;
    return await answerOrStop(port.settle(pendingSubmission(submission, items)), signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await lookAgain(desk, submission, error.againInMs);
    await desk.channelFailed(error);
    return null;
  }
}

interface Answered {
  readonly submission: OpenSubmission;
  readonly items: readonly PendingItem[];
  readonly answer: Settlement;
}

async function record(desk: ChannelDesk, answered: Answered): Promise<Settled> {
  const { submission, items, answer } = answered;
  const verdicts = new Map<string, Receipt>(
    answer.verdicts
      .filter((verdict) => verdict.outcome !== 'accepted')
      .map((verdict) => [verdict.sku, verdict]),
  );
  const told = items.filter((item) => verdicts.has(item.sku));
  const context = { now: desk.clock.now(), limits: desk.kit.connector.limits, random: desk.random };
  await desk.database.transaction(async (tx) => {
    await amendRecords(
      tx,
      { channel: desk.kit.channel.id, variantIds: told.map((item) => item.variant_id) },
      (current) => {
        const verdict = verdicts.get(current.sku);
        return verdict && current.submission === submission.id
          ? afterReceipt(current, distrusted(verdict), context)
          : null;
      },
    );
    const live = told.filter((item) => verdicts.get(item.sku)?.outcome === 'live');
    const confirmed = { submission: submission.id, skus: live.map((item) => item.sku), now: context.now };
    await noteLag(tx, desk.kit.channel.id, { ...confirmed, sentAt: submission.sent_at });
    if (told.length === items.length) await tx.run('DELETE FROM submission WHERE id = ?', [submission.id]);
  });
  if (answer.id !== undefined)
    await desk.database.run('UPDATE submission SET handle = ? WHERE id = ?', [answer.id, submission.id]);
  if (told.length < items.length) await lookAgain(desk, submission, answer.againInMs ?? null);
  const count = (outcome: Receipt['outcome']): number =>
    told.filter((item) => verdicts.get(item.sku)?.outcome === outcome).length;
  return {
    asked: items.length,
    verdicts: told.length,
    live: count('live'),
    rejected: count('rejected'),
    removed: count('removed'),
  };
}

/**
 * A submission whose fate the channel does not know may have been applied all the same: the verdict before it says nothing about what is shown now,
 * so the listing is sent again even when it has meanwhile gone back to what was live then.
 */
function distrusted(verdict: Receipt): Receipt {
  return verdict.outcome === 'retry'
    ? { sku: verdict.sku, outcome: 'ambiguous', code: verdict.code }
    : verdict;
}

/** The next look comes later each time, unless the channel says when. */
async function lookAgain(
  desk: ChannelDesk,
  submission: OpenSubmission,
  hintMs: number | null,
): Promise<void> {
  const delay =
    hintMs ??
    Math.min(LONGEST_LOOK_MS, Math.max(desk.settleAfterMs, 50) * 1.6 ** Math.min(submission.looks, 30));
  await desk.database.run('UPDATE submission SET look_at = ?, looks = looks + 1 WHERE id = ?', [
    plusMs(desk.clock.now(), Math.ceil(delay)),
    submission.id,
  ]);
}

function add(a: Settled, b: Settled): Settled {
  return {
    asked: a.asked + b.asked,
    verdicts: a.verdicts + b.verdicts,
    live: a.live + b.live,
    rejected: a.rejected + b.rejected,
    removed: a.removed + b.removed,
  };
}
