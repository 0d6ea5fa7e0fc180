import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { moneyText } from '../domain/money.js';
import type { OrderMessage, OrderMessageKind } from '../domain/order-message.js';
import type { StoreOrder, StoreRefund, StoreUnits } from '../domain/store-order.js';
import { closeExceptions, type OrderPlace, raiseException } from './exceptions.js';
import { type LineUnits, leftUnits, spread } from './line-units.js';
import { messagesOf, queueMessage } from './order-messages.js';

/** What is needed to pass on what the shop took back. */
export interface TakenBackContext {
  readonly place: OrderPlace;
  /** What the channel can be told. */
  readonly tells: readonly OrderMessageKind[];
  readonly now: Instant;
}

/** Units the shop has taken out of the order, line by line: a cancelled order has all that has not left taken out. Pure. */
export function shopCancelled(order: StoreOrder, lines: readonly LineUnits[]): ReadonlyMap<string, number> {
  const room = (line: LineUnits): number => Math.max(0, line.ordered - leftUnits(line));
  const units: readonly StoreUnits[] = order.cancelled
    ? lines.map((line) => ({ lineExternalId: line.lineId, sku: line.sku, quantity: room(line) }))
    : (order.cancelledUnits ?? []);
  return spread(units, lines, room).byLine;
}

/**
 * Records what the shop took out of an order, and tells the channel what it does not know yet. Units the channel itself took out are in both
 * counters, so nothing goes round in a circle.
 */
export async function recordCancelledUnits(
  tx: Queries,
  order: StoreOrder,
  lines: readonly LineUnits[],
  context: TakenBackContext,
): Promise<void> {
  const { place, now } = context;
  const counted = shopCancelled(order, lines);
  const told = await toldUnits(tx, place);
  const news: { lineExternalId: string; quantity: number; units: number }[] = [];
  for (const line of lines) {
    const units = Math.max(line.shopCancelled, counted.get(line.lineId) ?? 0);
    if (units > line.shopCancelled)
      await tx.run(
        'UPDATE order_line SET shop_cancelled = ? WHERE channel = ? AND external_id = ? AND line_id = ? AND shop_cancelled < ?',
        [units, place.channel, place.externalId, line.lineId, units],
      );
    const quantity = units - Math.max(line.cancelled, told.get(line.lineId) ?? 0);
    if (quantity > 0) news.push({ lineExternalId: line.lineId, quantity, units });
  }
  if (news.length === 0) return;
  if (!context.tells.includes('cancel'))
    return raiseException(
      tx,
      place,
      {
        code: 'cancel_at_channel',
        message: `The shop took out units that the channel still expects: ${unitsText(news)}`,
        advice: 'Cancel them at the channel by hand; this channel takes no cancellations from us.',
      },
      now,
    );
  await queueMessage(
    tx,
    place.channel,
    {
      kind: 'cancel',
      reference: `cancel:${news.map(({ lineExternalId, units }) => `${lineExternalId}=${units}`).join(',')}`,
      orderExternalId: place.externalId,
      reason: 'no-stock',
      lines: news.map(({ lineExternalId, quantity }) => ({ lineExternalId, quantity })),
    },
    now,
  );
}

/** Units in cancellations that were told and not refused, and which the channel may not show yet. */
async function toldUnits(tx: Queries, place: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const told = new Map<string, number>();
  for (const message of await messagesOf(tx, place)) {
    if (message.kind !== 'cancel' || message.state === 'rejected') continue;
    for (const { lineExternalId, quantity } of message.lines)
      told.set(lineExternalId, (told.get(lineExternalId) ?? 0) + quantity);
  }
  return told;
}

/**
 * Passes money the shop gave back on to the channel. Units that never left are the cancellation's: the channel gives their money back
 * itself. A refund that cannot be put on lines is for a person: an amount on the wrong line is worse than one that waits.
 */
export async function recordRefunds(
  tx: Queries,
  order: StoreOrder,
  lines: readonly LineUnits[],
  context: TakenBackContext,
): Promise<void> {
  const { place, now, tells } = context;
  if ((order.refunds ?? []).length === 0) return;
  const messages = await messagesOf(tx, place);
  const known = new Set(messages.map(({ reference }) => reference));
  const ours = refundedUnits(messages);
  for (const refund of order.refunds ?? []) {
    const reference = `refund:${refund.reference}`;
    const refunded = refundLines(refund, lines);
    if (refunded === 'cancelled' || known.has(reference)) continue;
    const given = refunded === 'unclear' ? 'no' : givenBack(refunded, lines, ours);
    if (given === 'yes') continue;
    const what = `${refund.reference} over ${moneyText(refund.amount)}`;
    if (refunded === 'unclear' || given === 'perhaps' || !tells.includes('refund')) {
      await raiseException(
        tx,
        place,
        {
          code: 'refund_at_channel',
          message: `The shop gave money back (${what}) and the channel was not told`,
          advice:
            given === 'perhaps'
              ? 'The channel shows units given back that we did not tell it of. Compare both, and give back at the channel what is missing.'
              : refunded === 'unclear'
                ? 'Give the money back at the channel by hand: the refund names no lines of the order.'
                : 'Give the money back at the channel by hand; this channel takes no refunds from us.',
        },
        now,
      );
      continue;
    }
    await queueMessage(
      tx,
      place.channel,
      {
        kind: 'refund',
        reference,
        orderExternalId: place.externalId,
        reason: refund.lines.some(({ returned }) => returned === true) ? 'returned' : 'other',
        lines: refunded,
      },
      now,
    );
  }
}

/** Units per line that we told the channel to give back. */
function refundedUnits(messages: readonly OrderMessage[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const message of messages) {
    if (message.kind !== 'refund') continue;
    for (const { lineExternalId, quantity } of message.lines)
      units.set(lineExternalId, (units.get(lineExternalId) ?? 0) + quantity);
  }
  return units;
}

/**
 * Whether the channel gave this money back already, by a person there: the same money must not go back twice. `perhaps`: it gave something back on
 * these lines, and it cannot be told whether it is the same.
 */
function givenBack(
  refunded: readonly Refunded[],
  lines: readonly LineUnits[],
  ours: ReadonlyMap<string, number>,
): 'yes' | 'no' | 'perhaps' {
  const others = refunded.map(({ lineExternalId, quantity }) => {
    const line = lines.find(({ lineId }) => lineId === lineExternalId);
    return { quantity, there: (line?.refunded ?? 0) - (ours.get(lineExternalId) ?? 0) };
  });
  if (others.every(({ there }) => there <= 0)) return 'no';
  return others.every(({ there, quantity }) => quantity > 0 && there >= quantity) ? 'yes' : 'perhaps';
}

interface Refunded {
  readonly lineExternalId: string;
  readonly quantity: number;
  readonly item?: StoreRefund['amount'];
  readonly shipping?: StoreRefund['amount'];
}

/** Puts a refund on lines of the order; `cancelled`: all its units never left. Pure. */
export function refundLines(
  refund: StoreRefund,
  lines: readonly LineUnits[],
): readonly Refunded[] | 'cancelled' | 'unclear' {
  const found = refund.lines.map((part) => ({ part, line: lineOf(part, lines) }));
  if (found.length === 0 || found.some(({ line }) => line === null)) return 'unclear';
  const left = found.filter(({ line }) => line !== null && leftUnits(line) > 0);
  if (left.length === 0) return 'cancelled';
  const named = refund.lines.reduce((sum, { amount }) => sum + (amount?.minor ?? Number.NaN), 0);
  if (named + (refund.shipping?.minor ?? 0) !== refund.amount.minor) return 'unclear';
  return left.map(({ part, line }, at) => ({
    lineExternalId: line?.lineId ?? '',
    quantity: part.quantity,
    ...(part.amount === undefined ? {} : { item: part.amount }),
    ...(at === 0 && refund.shipping !== undefined && refund.shipping.minor > 0
      ? { shipping: refund.shipping }
      : {}),
  }));
}

/** The line units belong to; null when there is none, or two could be meant. */
function lineOf(units: StoreUnits, lines: readonly LineUnits[]): LineUnits | null {
  const own = lines.filter((line) =>
    units.lineExternalId === undefined ? line.sku === units.sku : line.lineId === units.lineExternalId,
  );
  return own.length === 1 ? (own[0] ?? null) : null;
}

/** Says what only a person can do about the state of an order in the shop, and takes it back when it is no longer so. */
export async function recordStanding(
  tx: Queries,
  order: StoreOrder,
  { place, now }: TakenBackContext,
): Promise<void> {
  if (order.gone === true)
    return raiseException(
      tx,
      place,
      {
        code: 'store_order_missing',
        message: `The shop has no order ${order.storeId} any more`,
        advice:
          'It was deleted or merged there. It is not placed again by itself: restore it, or handle the order by hand.',
      },
      now,
    );
  const gone = { codes: ['store_order_missing'] as const, by: 'itself', at: now };
  await closeExceptions(tx, place, gone);
  if (order.needsPerson !== undefined)
    return raiseException(
      tx,
      place,
      {
        code: 'store_order_needs_person',
        message: order.needsPerson,
        advice: 'Look at the order in the shop.',
      },
      now,
    );
  await closeExceptions(tx, place, { ...gone, codes: ['store_order_needs_person'] });
}

function unitsText(units: readonly { readonly lineExternalId: string; readonly quantity: number }[]): string {
  return units.map(({ lineExternalId, quantity }) => `${quantity} of line ${lineExternalId}`).join(', ');
}
