import { answerOrStop } from '../channel/answer-or-stop.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { BookedRefund, StoreOrder } from '../domain/store-order.js';
import { channelRefunds } from './channel-refunds.js';
import { closeExceptions, type OrderPlace, raiseException } from './exceptions.js';
import { lineUnits } from './line-units.js';
import { mayCall } from './may-call.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { messagesOf } from './order-messages.js';
import { oweToldRefunds } from './owe-told-refunds.js';
import {
  BY_CHANNEL,
  markOwed,
  OF_RETURN,
  type OwedRefund,
  owedAmount,
  owedRefunds,
  refundKey,
} from './owed-refunds.js';
import { refundedAmounts, unitsText } from './record-channel-refunds.js';

/** What a round of booking refunds did. */
export interface RefundedInShop {
  readonly booked: number;
  /** Not taken by the shop: a person books them. */
  readonly left: number;
  readonly failed: number;
}

interface DueRefund {
  readonly external_id: string;
  readonly store_id: string;
  readonly place_key: string;
  readonly reference: string;
  readonly refund: string;
  readonly attempts: number;
  readonly made_at: string;
}

const PER_ROUND = 200;
/** The longest the calls of one booking take; afterwards the shop may still work on them for its quiet time. */
const CALLS_MS = 120_000;
const QUIET_MS = 180_000;

/**
 * Books refunds the channel gave in the shop, each exactly once: the intent is in the database, one worker holds it, the shop is read before
 * it is told, and after a lost answer not before it can have finished. No money moves.
 */
export async function refundInShop(desk: OrderDesk, signal?: AbortSignal): Promise<RefundedInShop> {
  const done = { booked: 0, left: 0, failed: 0 };
  const { storefront } = desk;
  if (!storefront?.sink.refund) return done;
  await oweToldRefunds(desk, storefront);
  for (const due of await dueRefunds(desk, storefront.id)) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'storefront'))) break;
    const outcome = await bookOne(desk, { storefront, signal }, due);
    if (outcome !== 'dropped') done[outcome] += 1;
  }
  return done;
}

function dueRefunds(desk: OrderDesk, storefront: string): Promise<DueRefund[]> {
  return desk.database.all<DueRefund>(
    `SELECT r.external_id, k.store_id, k.place_key, r.reference, r.refund, r.attempts, r.made_at FROM shop_refund r
     JOIN order_link k ON k.channel = r.channel AND k.external_id = r.external_id
     WHERE r.channel = ? AND r.state = 'pending' AND k.state = 'placed' AND k.storefront = ?
       AND (r.retry_at IS NULL OR r.retry_at <= ?) ORDER BY r.made_at, r.external_id, r.reference LIMIT ?`,
    [desk.channel, storefront, desk.clock.now(), PER_ROUND],
  );
}

type Way = { readonly storefront: Storefront; readonly signal: AbortSignal | undefined };
type Outcome = keyof RefundedInShop | 'dropped';

/** A failure nobody expected leaves the hold to run out: then the shop is read again before anything is repeated. */
async function bookOne(desk: OrderDesk, way: Way, due: DueRefund): Promise<Outcome> {
  const place = { channel: desk.channel, externalId: due.external_id };
  const quietMs = way.storefront.sink.uncertainty?.quietMs ?? QUIET_MS;
  if (!(await hold(desk, due, CALLS_MS + quietMs))) return 'dropped';
  try {
    const answer = await tellShop(desk, way, { due, place });
    if (answer === 'dropped')
      await markOwed(desk.database, place, {
        reference: due.reference,
        state: 'dropped',
        now: desk.clock.now(),
      });
    return answer === 'dropped' ? answer : await record(desk, { due, place }, answer);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.kind === 'refused') return await record(desk, { due, place }, refusedBy(error));
    await desk.callFailed(error, 'storefront');
    const backoff = Math.ceil(error.againInMs ?? backoffMs(due.attempts + 1, desk.random()));
    await again(desk, due, error.kind === 'ambiguous' ? Math.max(quietMs, backoff) : backoff);
    return 'failed';
  }
}

/** Takes the refund, if nobody took it since it was read. */
async function hold(desk: OrderDesk, due: DueRefund, forMs: number): Promise<boolean> {
  const changed = await desk.database.run(
    `UPDATE shop_refund SET attempts = attempts + 1, retry_at = ?
     WHERE channel = ? AND external_id = ? AND reference = ? AND state = 'pending' AND attempts = ?`,
    [plusMs(desk.clock.now(), forMs), desk.channel, due.external_id, due.reference, due.attempts],
  );
  return changed === 1;
}

async function again(desk: OrderDesk, due: DueRefund, inMs: number): Promise<void> {
  await desk.database.run(
    "UPDATE shop_refund SET retry_at = ? WHERE channel = ? AND external_id = ? AND reference = ? AND state = 'pending'",
    [plusMs(desk.clock.now(), inMs), desk.channel, due.external_id, due.reference],
  );
}

interface Task {
  readonly due: DueRefund;
  readonly place: OrderPlace;
}

/** Reads the order first: what stands there already, by us or by a person, is not booked again. */
async function tellShop(
  desk: OrderDesk,
  { storefront, signal }: Way,
  { due, place }: Task,
): Promise<BookedRefund | 'dropped'> {
  const key = refundKey(place, due.reference);
  const [order] = await answerOrStop(storefront.sink.read([due.store_id]), signal);
  if (order === undefined || order.gone === true)
    return leftOver('store_order_missing', `the shop has no order ${due.store_id}`);
  const held = order.refunds?.find((refund) => refund.key === key);
  if (held !== undefined) return { booked: true, reference: held.reference, left: [] };
  if (!(await isStillOwed(desk, { due, place }, order))) return 'dropped';
  const refund = JSON.parse(due.refund) as OwedRefund;
  const amount = owedAmount(refund);
  if (amount === null || amount.minor <= 0) return leftOver('amount_unclear', 'its amount is not known');
  const told = storefront.sink.refund?.({
    ...refund,
    storeId: due.store_id,
    orderKey: due.place_key,
    key,
    channel: desk.channel,
    at: due.made_at,
    amount,
  });
  return told === undefined ? leftOver('not_taken', 'the shop takes no refunds') : answerOrStop(told, signal);
}

/** Between deciding and booking somebody may have booked it in the shop by hand. */
async function isStillOwed(desk: OrderDesk, { due, place }: Task, order: StoreOrder): Promise<boolean> {
  const { database } = desk;
  if (due.reference.startsWith(OF_RETURN)) {
    const row = await database.get<{ booked_as: string | null }>(
      'SELECT booked_as FROM order_return WHERE channel = ? AND external_id = ? AND reference = ?',
      [place.channel, place.externalId, due.reference.slice(OF_RETURN.length)],
    );
    return row === undefined || row.booked_as === null;
  }
  if (!due.reference.startsWith(BY_CHANNEL)) return true;
  const others = (await owedRefunds(database, place)).filter(({ reference }) => reference !== due.reference);
  const found = channelRefunds({
    lines: await lineUnits(database, place),
    amounts: await refundedAmounts(database, place),
    messages: await messagesOf(database, place),
    refunds: order.refunds ?? [],
    owed: others,
  });
  const [mine] = (JSON.parse(due.refund) as OwedRefund).lines;
  return found.some(
    ({ line, units, amount }) =>
      line.lineId === mine?.lineExternalId &&
      units >= mine.quantity &&
      (amount?.minor ?? 0) >= mine.amount.minor,
  );
}

function leftOver(code: string, message: string): BookedRefund {
  return { booked: false, left: [{ severity: 'error', code, origin: 'channel', message }] };
}

function refusedBy({ code, message, advice }: ChannelError): BookedRefund {
  return { booked: false, left: [{ severity: 'error', code, origin: 'channel', message, advice }] };
}

async function record(desk: OrderDesk, { due, place }: Task, answer: BookedRefund): Promise<Outcome> {
  const now = desk.clock.now();
  const { reference } = due;
  const ofReturn = reference.startsWith(OF_RETURN);
  const why = answer.left.map(({ message }) => message).join('; ');
  await desk.database.transaction(async (tx) => {
    await markOwed(tx, place, {
      reference,
      state: answer.booked ? 'booked' : 'left',
      ...(answer.reference === undefined ? {} : { storeReference: answer.reference }),
      ...(why === '' ? {} : { why }),
      now,
    });
    if (answer.booked) {
      await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
        place.channel,
        place.externalId,
        'refunded-in-shop',
        JSON.stringify({ reference, storeReference: answer.reference ?? null }),
        now,
      ]);
      if (ofReturn)
        await tx.run(
          'UPDATE order_return SET booked_as = ? WHERE channel = ? AND external_id = ? AND reference = ? AND booked_as IS NULL',
          [
            answer.reference ?? refundKey(place, reference),
            ...keyOf(place),
            reference.slice(OF_RETURN.length),
          ],
        );
    }
    if (answer.left.length === 0) {
      if (ofReturn) await closeExceptions(tx, place, { codes: ['return_in_shop'], by: 'itself', at: now });
      return;
    }
    await raiseException(tx, place, askedOf(due, answer), now);
  });
  return answer.booked ? 'booked' : 'left';
}

function keyOf({ channel, externalId }: OrderPlace): readonly [string, string] {
  return [channel, externalId];
}

/** The words are those of the next reading of the order, so that the exception keeps its age. */
function askedOf(
  { refund, reference }: DueRefund,
  { booked, left }: BookedRefund,
): Parameters<typeof raiseException>[2] {
  const what = unitsText(JSON.parse(refund) as OwedRefund, reference);
  const why = left.map(({ message }) => message).join('; ');
  const advice =
    left.map((issue) => issue.advice).find((text) => text !== undefined) ??
    'Book the refund in the shop; the channel is not told of it a second time.';
  if (booked)
    return { code: 'return_in_shop', message: `Refund of ${what} booked in the shop: ${why}`, advice };
  return reference.startsWith(OF_RETURN)
    ? {
        code: 'return_in_shop',
        message: `The shop did not take the refund of what came back, ${what}: ${why}`,
        advice,
      }
    : {
        code: 'refunded_at_channel',
        message: `The channel gave money back that the shop does not know of: ${what} (${why})`,
        advice,
      };
}
