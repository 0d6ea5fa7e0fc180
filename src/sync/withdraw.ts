import { answerOrStop } from '../channel/answer-or-stop.js';
import type { BulkPort, ListingPort } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import { epochMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { type ChannelState, writeChannelState } from './channel-state.js';
import { type OpenSubmission, type PendingItem, pendingItems, pendingSubmission } from './pending.js';
import { amendRecords } from './records.js';
import { attentionOf } from './step.js';

/** A load is taken back at most this often: a shop that sells out by the minute must still get its loads through. */
const AGAIN_AFTER_MS = 6 * 3_600_000;

/**
 * Takes back a document the channel has not begun, when one of its listings has sold out or must go meanwhile: it would wait for hours behind
 * the document, and the document would set it to what it had. The listings are due again at once, the urgent ones first. Once the channel
 * works on the document it is too late, and they wait for its verdict.
 */
export async function withdrawForUrgent(
  desk: ChannelDesk,
  port: ListingPort,
  options: { readonly state: ChannelState; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { withdrawn_at } = options.state;
  const nowMs = epochMs(desk.clock.now());
  if (!port.bulk?.withdraw) return;
  if (withdrawn_at !== null && nowMs - epochMs(withdrawn_at) < AGAIN_AFTER_MS) return;
  for (const submission of await withUrgent(desk)) {
    const items = await pendingItems(desk.database, submission.id);
    const withdraw = { bulk: port.bulk, submission, items, signal: options.signal };
    if (!(await isWithdrawn(desk, withdraw))) continue;
    await takeBackAll(desk, submission.id, items);
    return;
  }
}

/** Open documents with a listing that became urgent after it was put in: what is urgent before never goes into one. */
function withUrgent(desk: ChannelDesk): Promise<OpenSubmission[]> {
  return desk.database.all<OpenSubmission>(
    `SELECT id, handle, lane, sent_at, looks FROM submission WHERE channel = ? AND lane = 'bulk' AND handle IS NOT NULL
     AND EXISTS (SELECT 1 FROM listing WHERE listing.submission = submission.id AND listing.urgent = 1)`,
    [desk.kit.channel.id],
  );
}

interface Withdrawal {
  readonly bulk: BulkPort;
  readonly submission: OpenSubmission;
  readonly items: readonly PendingItem[];
  readonly signal: AbortSignal | undefined;
}

async function isWithdrawn(desk: ChannelDesk, of: Withdrawal): Promise<boolean> {
  try {
    const asked = of.bulk.withdraw?.(pendingSubmission(of.submission, of.items));
    return asked === undefined ? false : await answerOrStop(asked, of.signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return false;
  }
}

/** Nothing of it was applied: the verdicts before it stand. */
async function takeBackAll(desk: ChannelDesk, id: string, items: readonly PendingItem[]): Promise<void> {
  const now = desk.clock.now();
  const target = { channel: desk.kit.channel.id, variantIds: items.map((item) => item.variant_id) };
  await desk.database.transaction(async (tx) => {
    await amendRecords(tx, target, (record) => {
      if (record.submission !== id) return null;
      const back = { ...record, submission: null, patience_until: null };
      return { ...back, attention_at: attentionOf(back, now) };
    });
    await tx.run('DELETE FROM submission WHERE id = ?', [id]);
    await writeChannelState(tx, desk.kit.channel.id, { withdrawn_at: now });
  });
}
