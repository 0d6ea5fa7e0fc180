import { answerOrStop } from '../channel/answer-or-stop.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { StoreUnits } from '../domain/store-order.js';
import { closeExceptions, type OrderPlace, raiseException } from './exceptions.js';
import { type LineUnits, leftUnits, lineUnits } from './line-units.js';
import { mayCall } from './may-call.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { shopCancelled } from './taken-back.js';

/** What a round of passing cancellations on to the shop did. */
export interface CancelledInShop {
  readonly cancelled: number;
  /** Not carried out: a person must look. */
  readonly refused: number;
  readonly failed: number;
}

interface DueLink {
  readonly external_id: string;
  readonly store_id: string;
}

const PER_ROUND = 200;
/** The longest the calls of one cancellation take; afterwards the shop may still work on them for its quiet time. */
const CALLS_MS = 120_000;
const QUIET_MS = 180_000;

/**
 * Carries cancellations of the channel out in the shop, for orders that were placed there. What has left already is never cancelled: a person
 * calls the parcel back. A cancellation that cannot be applied stays visible until somebody resolved it.
 */
export async function cancelInShop(desk: OrderDesk, signal?: AbortSignal): Promise<CancelledInShop> {
  const done = { cancelled: 0, refused: 0, failed: 0 };
  if (desk.storefront === null) return done;
  for (const link of await dueLinks(desk, desk.storefront.id)) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'storefront'))) break;
    done[await cancelLink(desk, { storefront: desk.storefront, signal }, link)] += 1;
  }
  return done;
}

/** Those a person has been asked about already are not tried again until the exception is closed. */
function dueLinks(desk: OrderDesk, storefront: string): Promise<DueLink[]> {
  return desk.database.all<DueLink>(
    `SELECT k.external_id, k.store_id FROM order_link k
     WHERE k.channel = ? AND k.storefront = ? AND k.state = 'placed' AND (k.cancel_until IS NULL OR k.cancel_until <= ?)
       AND EXISTS (SELECT 1 FROM order_line l WHERE l.channel = k.channel AND l.external_id = k.external_id AND l.cancelled > l.shop_cancelled)
       AND NOT EXISTS (SELECT 1 FROM order_exception e WHERE e.channel = k.channel AND e.external_id = k.external_id
         AND e.code IN ('cancel_in_shop', 'cancelled_after_shipping') AND (e.closed_at IS NULL OR e.closed_by <> 'itself'))
     ORDER BY k.placed_at, k.external_id LIMIT ?`,
    [desk.channel, storefront, desk.clock.now(), PER_ROUND],
  );
}

async function cancelLink(
  desk: OrderDesk,
  way: { readonly storefront: Storefront; readonly signal: AbortSignal | undefined },
  link: DueLink,
): Promise<keyof CancelledInShop> {
  const place = { channel: desk.channel, externalId: link.external_id };
  const lines = await lineUnits(desk.database, place);
  if (lines.some((line) => leftUnits(line) + line.cancelled > line.ordered))
    return refuse(desk, place, {
      code: 'cancelled_after_shipping',
      message: 'Cancelled at the channel, but units of it have left',
      advice:
        'Call the parcel back, or agree on a return with the buyer; the channel counts the order as cancelled.',
    });
  const { sink } = way.storefront;
  const { cancel } = sink;
  if (!cancel)
    return refuse(desk, place, {
      code: 'cancel_in_shop',
      message: 'Cancelled at the channel after it was placed in the shop',
      advice: 'Cancel it in the shop by hand; this shop takes no cancellations from us.',
    });
  const quietMs = sink.uncertainty?.quietMs ?? QUIET_MS;
  if (!(await hold(desk, place, CALLS_MS + quietMs))) return 'failed';
  try {
    const done = await doneInShop(way, link, lines);
    if (done.some((line) => line.cancelled > line.shopCancelled)) {
      const issues = await answerOrStop(
        cancel({
          storeId: link.store_id,
          key: `${place.channel}:${place.externalId}:${done.map((line) => line.cancelled).join('.')}`,
          reason: 'cancelled at the channel',
          units: unitsToCancel(done),
        }),
        way.signal,
      );
      if (issues.length > 0) return await refuse(desk, place, refusedByShop(issues));
    }
    await desk.database.transaction((tx) => recordDone(tx, place, lines, desk.clock.now()));
    return 'cancelled';
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.callFailed(error, 'storefront');
    // What may have been carried out is looked at once the shop must be through with it; the rest is tried at the next round.
    if (error.kind === 'ambiguous') await holdUntil(desk, place, plusMs(desk.clock.now(), quietMs));
    else await holdUntil(desk, place, null);
    return 'failed';
  }
}

/**
 * One worker's hold on the cancellations of an order. It outlasts the calls and the shop's work on them: after a death, or a lost answer, the next one
 * reads what was taken out before it takes out the rest, whatever the channel cancelled meanwhile.
 */
async function hold(desk: OrderDesk, place: OrderPlace, forMs: number): Promise<boolean> {
  const now = desk.clock.now();
  const changed = await desk.database.run(
    'UPDATE order_link SET cancel_until = ? WHERE channel = ? AND external_id = ? AND (cancel_until IS NULL OR cancel_until <= ?)',
    [plusMs(now, forMs), place.channel, place.externalId, now],
  );
  return changed === 1;
}

function holdUntil(desk: OrderDesk, place: OrderPlace, until: Instant | null): Promise<number> {
  return desk.database.run('UPDATE order_link SET cancel_until = ? WHERE channel = ? AND external_id = ?', [
    until,
    place.channel,
    place.externalId,
  ]);
}

/** The lines with what the shop has taken out already. An order that is gone is the connector's to complain about. */
async function doneInShop(
  { storefront, signal }: { readonly storefront: Storefront; readonly signal: AbortSignal | undefined },
  link: DueLink,
  lines: readonly LineUnits[],
): Promise<readonly LineUnits[]> {
  const [order] = await answerOrStop(storefront.sink.read([link.store_id]), signal);
  if (order === undefined || order.gone === true) return lines;
  const counted = shopCancelled(order, lines);
  return lines.map((line) => ({
    ...line,
    shopCancelled: Math.max(line.shopCancelled, counted.get(line.lineId) ?? 0),
  }));
}

/** Null: the whole order. Pure. */
export function unitsToCancel(lines: readonly LineUnits[]): readonly StoreUnits[] | null {
  if (lines.every((line) => line.cancelled >= line.ordered)) return null;
  return lines
    .filter((line) => line.cancelled > line.shopCancelled)
    .map((line) => ({
      lineExternalId: line.lineId,
      sku: line.sku,
      quantity: line.cancelled - line.shopCancelled,
    }));
}

function refusedByShop(issues: readonly Issue[]): Parameters<typeof raiseException>[2] {
  return {
    code: 'cancel_in_shop',
    message: `Cancelled at the channel, but the shop refused: ${issues.map(({ message }) => message).join('; ')}`,
    advice:
      issues.map(({ advice }) => advice).find((text) => text !== undefined) ??
      'Cancel it in the shop by hand.',
  };
}

async function refuse(
  desk: OrderDesk,
  place: OrderPlace,
  exception: Parameters<typeof raiseException>[2],
): Promise<'refused'> {
  await desk.database.transaction(async (tx) => {
    await raiseException(tx, place, exception, desk.clock.now());
    await tx.run('UPDATE order_link SET cancel_until = NULL WHERE channel = ? AND external_id = ?', [
      place.channel,
      place.externalId,
    ]);
  });
  return 'refused';
}

async function recordDone(
  tx: Queries,
  place: OrderPlace,
  lines: readonly LineUnits[],
  now: string,
): Promise<void> {
  for (const line of lines)
    await tx.run(
      'UPDATE order_line SET shop_cancelled = ? WHERE channel = ? AND external_id = ? AND line_id = ? AND shop_cancelled < ?',
      [line.cancelled, place.channel, place.externalId, line.lineId, line.cancelled],
    );
  await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
    place.channel,
    place.externalId,
    'cancelled-in-shop',
    JSON.stringify({ units: lines.map(({ lineId, cancelled }) => ({ lineId, cancelled })) }),
    now,
  ]);
  await tx.run('UPDATE order_link SET cancel_until = NULL WHERE channel = ? AND external_id = ?', [
    place.channel,
    place.externalId,
  ]);
  await closeExceptions(tx, place, { codes: ['cancel_in_shop'], by: 'itself', at: now });
}
