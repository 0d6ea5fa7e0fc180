import { randomUUID } from 'node:crypto';
import type { ListingChange, ListingPort, Receipt, Submission } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import { desireVariants } from './desire.js';
import type { Desired } from './desired.js';
import { type Prepared, takeBack, writeIntention } from './intention.js';
import type { ListingRecord } from './listing-record.js';
import type { PlanEntry } from './plan.js';
import { afterReceipt, receiptsOfFailure } from './receipts.js';
import { amendRecords, readRecords } from './records.js';

/** What became of planned changes: each is counted once. */
export interface Applied {
  /** Handed over and answered for, or certainly to be asked about. */
  readonly sent: number;
  /** Of the sent ones, refused at once. */
  readonly rejected: number;
  /** The call failed before anything was applied; they have a retry instant. */
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
): Promise<Applied> {
  const prepared = await prepare(desk, entries);
  await desireUnfit(desk, entries, prepared);
  const waiting = batches(prepared, desk.kit.connector.limits.batch);
  let applied: Applied = { ...NOTHING_APPLIED, waiting: entries.length - prepared.length };
  const lane = async (): Promise<void> => {
    for (const batch of waiting) {
      const done =
        applied.stopped === null
          ? await submitBatch(desk, port, batch)
          : { ...NOTHING_APPLIED, waiting: batch.length };
      applied = addApplied(applied, done);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: desk.kit.connector.limits.concurrency }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return applied;
}

/** What did not fit its plan entry is worked out anew, so that it does not come back as due for ever. */
async function desireUnfit(
  desk: ChannelDesk,
  entries: readonly PlanEntry[],
  prepared: readonly Prepared[],
): Promise<void> {
  const fit = new Set(prepared.map((item) => item.record.variant_id));
  await desireVariants(
    desk,
    entries.map((entry) => entry.variantId).filter((id) => !fit.has(id)),
  );
}

/** Recomputes what is to be sent; what no longer fits its plan entry is left to the next plan. */
async function prepare(desk: ChannelDesk, entries: readonly PlanEntry[]): Promise<Prepared[]> {
  const ids = entries.map((entry) => entry.variantId);
  const records = new Map(
    (await readRecords(desk.database, desk.kit.channel.id, ids)).map((record) => [record.variant_id, record]),
  );
  const upserts = entries.filter((entry) => entry.action !== 'remove').map((entry) => entry.variantId);
  const desired = await desk.desiredOf(upserts);
  const prepared: Prepared[] = [];
  for (const entry of entries) {
    const record = records.get(entry.variantId);
    if (!record || `${record.content_rev ?? ''}/${record.offer_rev ?? ''}` !== entry.revision) continue;
    const attributes = attributesFor(entry, record, desired.get(entry.variantId));
    if (attributes !== null) prepared.push({ record, change: changeOf(entry, record, attributes) });
  }
  return prepared;
}

function attributesFor(
  entry: PlanEntry,
  record: ListingRecord,
  desired: Desired | undefined,
): JsonObject | null {
  if (entry.action === 'remove') return {};
  if (desired?.state !== 'listed') return null;
  return desired.contentRev === record.content_rev && desired.offerRev === record.offer_rev
    ? desired.attributes
    : null;
}

function changeOf(entry: PlanEntry, record: ListingRecord, attributes: JsonObject): ListingChange {
  return {
    sku: record.sku,
    action: entry.action,
    externalId: record.external_id,
    kind: record.kind,
    attributes,
    version: record.version,
  };
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

async function submitBatch(
  desk: ChannelDesk,
  port: ListingPort,
  batch: readonly Prepared[],
): Promise<Applied> {
  const id = randomUUID();
  const sent = await writeIntention(desk, id, batch);
  const untried: Applied = { ...NOTHING_APPLIED, waiting: batch.length - sent.length };
  if (sent.length === 0) return untried;
  const outcome = await call(port, sent, id);
  const opaque = outcome instanceof ChannelError && outcome.kind === 'refused' && sent.length > 1;
  const done = opaque
    ? await submitHalves(desk, port, await takeBack(desk, id, sent))
    : await recordReceipts(desk, id, { sent, outcome });
  const uncounted = sent.length - done.sent - done.failed - done.waiting;
  return addApplied(untried, { ...done, waiting: done.waiting + uncounted });
}

/** One bad item must not stain its batch: an opaque refusal is split until the bad item is alone. */
async function submitHalves(
  desk: ChannelDesk,
  port: ListingPort,
  items: readonly Prepared[],
): Promise<Applied> {
  const middle = Math.ceil(items.length / 2);
  let applied = NOTHING_APPLIED;
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    if (half.length > 0) applied = addApplied(applied, await submitBatch(desk, port, half));
  }
  return applied;
}

async function call(
  port: ListingPort,
  sent: readonly Prepared[],
  key: string,
): Promise<Submission | ChannelError> {
  try {
    return await port.submit(
      sent.map((item) => item.change),
      key,
    );
  } catch (error) {
    if (error instanceof ChannelError) return error;
    throw error;
  }
}

async function recordReceipts(
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
    const pending = records.some((record) => record.submission === id);
    if (pending && !failed) await tx.run('UPDATE submission SET handle = ? WHERE id = ?', [outcome.id, id]);
    else await tx.run('DELETE FROM submission WHERE id = ?', [id]);
  });
  if (failed) await desk.channelFailed(outcome);
  return tally(sent.length, receipts, failed ? outcome : null);
}

/** Silence about a SKU is not success. */
function noReceipt(sku: string): Receipt {
  return { sku, outcome: 'ambiguous', code: 'no_receipt' };
}

function tally(count: number, receipts: readonly Receipt[], failure: ChannelError | null): Applied {
  const untaken =
    failure !== null &&
    (failure.kind === 'throttled' || failure.kind === 'not-sent' || failure.kind === 'auth-lost');
  const rejected = receipts.filter((receipt) => receipt.outcome === 'rejected').length;
  return {
    ...NOTHING_APPLIED,
    sent: untaken ? 0 : count,
    failed: untaken ? count : 0,
    rejected,
    stopped: untaken ? failure : null,
  };
}

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
