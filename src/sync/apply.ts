import { randomUUID } from 'node:crypto';
import { answerOrStop } from '../channel/answer-or-stop.js';
import type { ListingPort, Receipt, Submission } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import type { ChannelDesk } from './channel-desk.js';
import { desireVariants } from './desire.js';
import { type Prepared, type TakenBack, takeBack, writeIntention } from './intention.js';
import { noteLag } from './offer-lags.js';
import type { PlanEntry } from './plan.js';
import { prepareChanges } from './prepare-changes.js';
import { afterReceipt, receiptsOfFailure } from './receipts.js';
import { amendRecords } from './records.js';

/** What became of planned changes: each is counted once. */
export interface Applied {
  /** Handed over and answered for, or certainly to be asked about. */
  readonly sent: number;
  /** Of the sent ones, refused at once. */
  readonly rejected: number;
  /** Certainly not applied, for the call failed or the channel said so; they have a retry instant. */
  readonly failed: number;
  /** Not tried: changed since the plan, or the channel stopped taking calls. The next plan has them. */
  readonly waiting: number;
  /** Why the channel takes no calls now; null: it does. */
  readonly stopped: ChannelError | null;
}

/** Nothing done yet. */
export const NOTHING_APPLIED: Applied = { sent: 0, rejected: 0, failed: 0, waiting: 0, stopped: null };

/**
 * Carries out planned changes: first the intention is written (sent facts, in one transaction), then the call is made, then the
 * receipts are written. After a crash in between, patience runs out and the change is sent again. As many batches are under way
 * at once as the connector allows; when the channel stops taking calls, the rest waits.
 */
export async function applyEntries(
  desk: ChannelDesk,
  port: ListingPort,
  entries: readonly PlanEntry[],
  signal?: AbortSignal,
): Promise<Applied> {
  const { prepared, unfit } = await prepareChanges(desk, entries);
  await desireVariants(desk, unfit);
  const applied = await applyPrepared(desk, { port, signal }, prepared);
  return addApplied({ ...NOTHING_APPLIED, waiting: unfit.length }, applied);
}

/** Carries out changes that are worked out already, in batches of the connector's size. */
export async function applyPrepared(
  desk: ChannelDesk,
  { port, signal }: Way,
  prepared: readonly Prepared[],
): Promise<Applied> {
  const waiting = batches(prepared, desk.kit.connector.limits.batch);
  let applied = NOTHING_APPLIED;
  const lane = async (): Promise<void> => {
    for (const batch of waiting) {
      signal?.throwIfAborted();
      const done =
        applied.stopped === null
          ? await submitBatch(desk, { port, signal }, batch)
          : { ...NOTHING_APPLIED, waiting: batch.length };
      applied = addApplied(applied, done);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: desk.kit.connector.limits.concurrency }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return applied;
}

/** Splits by count and by size of what is sent. */
function* batches(
  prepared: readonly Prepared[],
  limit: { readonly items: number; readonly bytes: number },
): Generator<Prepared[]> {
  let batch: Prepared[] = [];
  let bytes = 0;
  for (const item of prepared) {
    const size = JSON.stringify(item.change.attributes).length + 200;
    if (batch.length > 0 && (batch.length >= limit.items || bytes + size > limit.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** A channel that may be told to stop being waited for. */
export interface Way {
  readonly port: Pick<ListingPort, 'submit'>;
  readonly signal: AbortSignal | undefined;
}

async function submitBatch(desk: ChannelDesk, way: Way, batch: readonly Prepared[]): Promise<Applied> {
  const id = randomUUID();
  const { taken, overtaken } = await writeIntention(desk, id, batch);
  const untried: Applied = { ...NOTHING_APPLIED, waiting: overtaken.length };
  if (taken.length === 0) return untried;
  const outcome = await call(way, taken, id);
  const opaque = outcome instanceof ChannelError && outcome.kind === 'refused' && taken.length > 1;
  const done = opaque
    ? await submitHalves(desk, way, await takeBack(desk, id, taken))
    : await recordReceipts(desk, id, { sent: taken, outcome });
  return addApplied(untried, done);
}

/** One bad item must not stain its batch: an opaque refusal is split until the bad item is alone. */
async function submitHalves(desk: ChannelDesk, way: Way, back: TakenBack): Promise<Applied> {
  const { ours, overtaken } = back;
  const middle = Math.ceil(ours.length / 2);
  let applied: Applied = { ...NOTHING_APPLIED, waiting: overtaken.length };
  for (const half of [ours.slice(0, middle), ours.slice(middle)]) {
    way.signal?.throwIfAborted();
    if (half.length > 0) applied = addApplied(applied, await submitBatch(desk, way, half));
  }
  return applied;
}

/** Makes the call of a batch; its failure as a whole is a value. */
export async function call(
  { port, signal }: Way,
  sent: readonly Prepared[],
  key: string,
): Promise<Submission | ChannelError> {
  try {
    const changes = sent.map((item) => item.change);
    return await answerOrStop(port.submit(changes, key), signal);
  } catch (error) {
    if (error instanceof ChannelError) return error;
    throw error;
  }
}

/** Writes what the channel answered for each item of a submission; silence about an item is not success. */
export async function recordReceipts(
  desk: ChannelDesk,
  id: string,
  answer: { sent: readonly Prepared[]; outcome: Submission | ChannelError },
): Promise<Applied> {
  const { sent, outcome } = answer;
  const failed = outcome instanceof ChannelError;
  const receipts = failed
    ? receiptsOfFailure(
        outcome,
        sent.map((item) => item.change.sku),
      )
    : outcome.receipts;
  const bySku = new Map<string, Receipt>(receipts.map((receipt) => [receipt.sku, receipt]));
  const context = {
    now: desk.clock.now(),
    limits: desk.kit.connector.limits,
    random: desk.random,
    quietMs: desk.quietMs,
  };
  const target = { channel: desk.kit.channel.id, variantIds: sent.map((item) => item.record.variant_id) };
  await desk.database.transaction(async (tx) => {
    const records = await amendRecords(tx, target, (record) =>
      record.submission === id
        ? afterReceipt(record, bySku.get(record.sku) ?? noReceipt(record.sku), context)
        : null,
    );
    const live = records.filter((record) => bySku.get(record.sku)?.outcome === 'live');
    const confirmed = { submission: id, skus: live.map((record) => record.sku), now: context.now };
    await noteLag(tx, target.channel, { ...confirmed, sentAt: live[0]?.sent_at ?? context.now });
    const pending = records.some((record) => record.submission === id);
    if (pending && !failed) await tx.run('UPDATE submission SET handle = ? WHERE id = ?', [outcome.id, id]);
    else await tx.run('DELETE FROM submission WHERE id = ?', [id]);
  });
  if (failed) await desk.channelFailed(outcome);
  return tally(
    sent.map((item) => bySku.get(item.record.sku) ?? noReceipt(item.record.sku)),
    failed ? outcome : null,
  );
}

/** Silence about a SKU is not success. */
function noReceipt(sku: string): Receipt {
  return { sku, outcome: 'ambiguous', code: 'no_receipt' };
}

/** Every change of a call once, by the answer it got: what certainly was not applied and will be tried again has failed, all else was sent. */
function tally(answers: readonly Receipt[], failure: ChannelError | null): Applied {
  const applied = { sent: 0, failed: 0, rejected: 0 };
  for (const { outcome } of answers) {
    if (outcome === 'retry') applied.failed += 1;
    else applied.sent += 1;
    if (outcome === 'rejected') applied.rejected += 1;
  }
  const stops = failure !== null && STOPPING.has(failure.kind);
  return { ...NOTHING_APPLIED, ...applied, stopped: stops ? failure : null };
}

/** After these the channel takes no further calls now. */
const STOPPING: ReadonlySet<ChannelError['kind']> = new Set(['throttled', 'not-sent', 'auth-lost']);

/** The sum of two counts; the first reason to stop is kept. */
export function addApplied(a: Applied, b: Applied): Applied {
  return {
    sent: a.sent + b.sent,
    rejected: a.rejected + b.rejected,
    failed: a.failed + b.failed,
    waiting: a.waiting + b.waiting,
    stopped: a.stopped ?? b.stopped,
  };
}
