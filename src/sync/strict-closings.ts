import { allotmentsOf, type StoredAllotment } from '../catalog/allotment-rows.js';
import { keys } from '../catalog/keys.js';
import { touchVariants } from '../catalog/touch-variants.js';
import type { Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { unitsLeft } from '../stock/allotment.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { desireVariants } from './desire.js';
import type { Desired } from './desired.js';
import type { ListingRecord } from './listing-record.js';
import { lockChannel, readRecords } from './records.js';
import { isPriceStep } from './restock.js';
import { step } from './step.js';

/** Marketplaces show an order a little after it was placed; a connector that knows better says so. */
const ORDER_LAG_MS = 5 * 60_000;
const PAGE = 500;

interface Closing {
  readonly sku: string;
  readonly variant_id: number;
}

/**
 * Ends closings of a channel: it has confirmed that it sells none of the variant, nothing is under way, and every order it had by then is known. Only
 * now are the units another channel's. Answers how many are still open.
 */
export async function concludeClosings(desk: ChannelDesk): Promise<number> {
  const channel = desk.kit.channel.id;
  let waiting = 0;
  for (let after = ''; ; ) {
    const page = await desk.database.all<Closing>(
      `SELECT a.sku, v.id AS variant_id FROM stock_allotment a JOIN variant v ON v.sku = a.sku
       WHERE a.channel = ? AND a.state = 'closing' AND a.sku > ? ORDER BY a.sku LIMIT ?`,
      [channel, after, PAGE],
    );
    if (page.length > 0) waiting += page.length - (await concludePage(desk, page));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return waiting;
    after = last.sku;
  }
}

async function concludePage(desk: ChannelDesk, page: readonly Closing[]): Promise<number> {
  const channel = desk.kit.channel.id;
  const ids = page.map((closing) => closing.variant_id);
  const desired = await desk.desiredOf(ids);
  return desk.database.transaction(async (tx) => {
    const seq = await nextSequence(tx);
    await lockChannel(tx, channel);
    const records = new Map(
      (await readRecords(tx, channel, ids)).map((record) => [record.variant_id, record]),
    );
    const { orders_complete_at } = await readChannelState(tx, channel);
    const known = {
      now: desk.clock.now(),
      ordersAt: orders_complete_at,
      lagMs: desk.kit.connector.limits.orderLagMs ?? ORDER_LAG_MS,
    };
    const closed = page.filter(({ variant_id: id }) => isClosed(records.get(id), desired.get(id), known));
    if (closed.length === 0) return 0;
    const skus = closed.map(({ sku }) => sku);
    await tx.run(
      `UPDATE stock_allotment SET state = 'closed', units = 0
       WHERE channel = ? AND state = 'closing' AND sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
      [channel, keys(skus)],
    );
    await touchVariants(tx, skus, seq);
    return closed.length;
  });
}

interface OrdersKnown {
  readonly now: Instant;
  /** Every order the channel could tell then is stored. */
  readonly ordersAt: Instant | null;
  readonly lagMs: number;
}

/** Whether a channel certainly sells none of a listing and every order of it is known. Pure. */
export function isClosed(
  record: ListingRecord | undefined,
  desired: Desired | undefined,
  known: OrdersKnown,
): boolean {
  if (record === undefined) return true;
  if (record.submission !== null) return false;
  if (record.quiet_until !== null && record.quiet_until > known.now) return false;
  if (record.owned === 0 && record.sent_at === null) return true;
  const heard =
    desired === undefined || desired.state === 'excluded'
      ? record.owned === 0
      : desired.state === 'listed' &&
        record.verdict === 'live' &&
        record.verdict_content_rev === desired.contentRev &&
        record.verdict_offer_rev === desired.offerRev;
  if (!heard || record.verdict_at === null || known.ordersAt === null) return false;
  return known.ordersAt >= plusMs(record.verdict_at, known.lagMs);
}

/**
 * Closes what would be sent once more: an absolute quantity sent to a listing that is on sale would give back units that were sold meanwhile and
 * are not known yet. It is told that there are none, and opened again when all its orders are known. Answers how many.
 */
export async function closeResends(desk: ChannelDesk, horizon: Instant): Promise<number> {
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  let closed = 0;
  for (let after = -1; ; ) {
    const due = await desk.database.all<{ variant_id: number }>(
      `SELECT l.variant_id FROM listing l JOIN stock_allotment a ON a.sku = l.sku AND a.channel = l.channel
       WHERE l.channel = ? AND l.attention_at IS NOT NULL AND l.attention_at <= ? AND a.state = 'open' AND l.sent_at >= a.opened_at
         AND l.variant_id > ? ORDER BY l.variant_id LIMIT ?`,
      [channel, horizon, after, PAGE],
    );
    const records = await readRecords(
      desk.database,
      channel,
      due.map((row) => row.variant_id),
    );
    const sends = records.filter((record) => sendsListing(record, now));
    closed += await closeAgain(desk, sends);
    const last = due.at(-1);
    if (last === undefined || due.length < PAGE) return closed;
    after = last.variant_id;
  }
}

function sendsListing(record: ListingRecord, now: Instant): boolean {
  const decided = step(record, now);
  return decided.do === 'upsert' || decided.do === 'offer';
}

async function closeAgain(desk: ChannelDesk, records: readonly ListingRecord[]): Promise<number> {
  if (records.length === 0) return 0;
  const channel = desk.kit.channel.id;
  const ids = await desk.database.transaction(async (tx) => {
    const seq = await nextSequence(tx);
    const resent = await resentUnits(tx, channel, records);
    const skus = records.filter((record) => resent.has(record.variant_id)).map((record) => record.sku);
    await tx.run(
      `UPDATE stock_allotment SET state = 'closing'
       WHERE channel = ? AND state = 'open' AND sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
      [channel, keys(skus)],
    );
    await touchVariants(tx, skus, seq);
    return [...resent];
  });
  await desireVariants(desk, ids);
  return ids.length;
}

/**
 * Variants whose listing may be on sale under an allotment that is still open: none of them is sent anything but that it goes. `records` are as they are
 * in the transaction.
 */
export async function resentUnits(
  tx: Queries,
  channel: string,
  records: readonly ListingRecord[],
): Promise<ReadonlySet<number>> {
  const allotments = await allotmentsOf(tx, keys(records.map((record) => record.sku)));
  const ids = records.flatMap((record) => {
    const own = allotments.get(record.sku)?.find((allotment) => allotment.channel === channel);
    return own !== undefined && wasSent(record, own) ? [record.variant_id] : [];
  });
  return new Set(ids);
}

function wasSent(record: ListingRecord, allotment: StoredAllotment): boolean {
  if (allotment.state !== 'open' || unitsLeft(allotment) === 0) return false;
  if (record.sent_at === null || record.sent_at < allotment.openedAt) return false;
  return !isPriceStep(record.sent_offer_rev);
}
