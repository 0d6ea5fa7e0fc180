import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { closeExceptions, type OrderExceptionCode, type OrderPlace } from './exceptions.js';
import { releaseMessages } from './order-messages.js';
import { type SettleContext, settleOrders } from './settle-orders.js';

/** Who does something by hand, when, and where orders of the channel go. */
export interface Hand {
  readonly by: string;
  readonly now: Instant;
  readonly placing: SettleContext['placing'];
}

/** What may need a person again after the next attempt: closing it lets the attempt be made. */
const TRIED_AGAIN: readonly OrderExceptionCode[] = [
  'placing_refused',
  'cancel_in_shop',
  'cancelled_after_shipping',
  'message_refused',
  'refunded_at_channel',
  'return_in_shop',
];

/**
 * Has an order placed now, whatever the policy of its channel and however long it still rests after a failure; ends a take-over. It is searched in the
 * shop first, as always. Throws OperatorError `no_storefront`, `unknown_order`, `already_placed`.
 */
export async function pushOrder(tx: Queries, place: OrderPlace, hand: Hand): Promise<void> {
  if (hand.placing === null)
    throw new OperatorError(
      'no_storefront',
      `Channel "${place.channel}" places its orders nowhere`,
      'Name a storefront in `orders.placeIn` of the channel.',
    );
  const link = await linkOf(tx, place);
  if (link === 'placed')
    throw new OperatorError(
      'already_placed',
      `Order "${place.externalId}" is in the shop`,
      '`omnifeed orders show` tells under which number.',
    );
  await tx.run(
    'UPDATE channel_order SET pushed_at = ?, by_hand = NULL WHERE channel = ? AND external_id = ?',
    [hand.now, place.channel, place.externalId],
  );
  // A call whose outcome is unknown keeps its quiet time: placing sooner could place twice.
  await tx.run(
    "UPDATE order_link SET retry_at = NULL WHERE channel = ? AND external_id = ? AND state = 'intended'",
    [place.channel, place.externalId],
  );
  await written(tx, place, hand, 'pushed');
}

/** Leaves an order to a person: it is not placed by itself. Throws OperatorError `unknown_order`, `already_placed`. */
export async function takeOver(tx: Queries, place: OrderPlace, hand: Hand): Promise<void> {
  if ((await linkOf(tx, place)) === 'placed')
    throw new OperatorError(
      'already_placed',
      `Order "${place.externalId}" is in the shop`,
      'Handle it there; parcels and cancellations of the shop go on being passed on.',
    );
  await tx.run(
    'UPDATE channel_order SET by_hand = ?, pushed_at = NULL WHERE channel = ? AND external_id = ?',
    [hand.now, place.channel, place.externalId],
  );
  await written(tx, place, hand, 'taken-over');
}

async function written(
  tx: Queries,
  place: OrderPlace,
  { by, now, placing }: Hand,
  kind: 'pushed' | 'taken-over',
): Promise<void> {
  await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
    place.channel,
    place.externalId,
    kind,
    JSON.stringify({ by }),
    now,
  ]);
  await closeExceptions(tx, place, { codes: ['placing_refused'], by, at: now });
  await settleOrders(tx, [place.externalId], { channel: place.channel, now, placing });
}

/**
 * Closes exceptions of an order: all, or one code. What the engine can try itself is tried again; a message the channel refused is told again.
 * Answers how many were open. Throws OperatorError `unknown_order`.
 */
export async function resolveExceptions(
  tx: Queries,
  place: OrderPlace,
  closing: {
    readonly code: OrderExceptionCode | null;
    readonly retry: boolean;
    readonly by: string;
    readonly now: Instant;
  },
): Promise<number> {
  await linkOf(tx, place);
  const codes = closing.code === null ? 'all' : [closing.code];
  const closed = await closeExceptions(tx, place, {
    codes,
    by: closing.retry ? 'itself' : closing.by,
    at: closing.now,
  });
  const again = codes === 'all' || codes.some((code) => TRIED_AGAIN.includes(code));
  if (closing.retry && again) await tryAgain(tx, place);
  return closed;
}

/** What was refused on either side is told once more. */
async function tryAgain(tx: Queries, { channel, externalId }: OrderPlace): Promise<void> {
  await tx.run(
    "UPDATE order_message SET state = 'pending', batch = NULL, handle = NULL, retry_at = NULL WHERE channel = ? AND external_id = ? AND state = 'rejected'",
    [channel, externalId],
  );
  await tx.run(
    "UPDATE shop_refund SET state = 'pending', retry_at = NULL, why = NULL WHERE channel = ? AND external_id = ? AND state = 'left'",
    [channel, externalId],
  );
}

/** Releases what waits for a person's word. Answers how many messages go out now. Throws OperatorError `unknown_order`. */
export async function confirmMessages(
  tx: Queries,
  place: OrderPlace,
  { by, now }: Pick<Hand, 'by' | 'now'>,
): Promise<number> {
  await linkOf(tx, place);
  await closeExceptions(tx, place, { codes: ['refund_to_confirm'], by, at: now });
  return releaseMessages(tx, place);
}

/** How far the order is with the shop; null: not asked yet. */
async function linkOf(tx: Queries, { channel, externalId }: OrderPlace): Promise<string | null> {
  const row = await tx.get<{ state: string | null }>(
    `SELECT k.state FROM channel_order o LEFT JOIN order_link k ON k.channel = o.channel AND k.external_id = o.external_id
     WHERE o.channel = ? AND o.external_id = ?`,
    [channel, externalId],
  );
  if (row) return row.state;
  throw new OperatorError(
    'unknown_order',
    `Channel "${channel}" has no order "${externalId}"`,
    '`omnifeed orders list` shows the orders; one that was just bought comes with the next pull.',
  );
}
