import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { CancelledLine, OrderMessageKind } from '../domain/order-message.js';
import type { StoreOrder, StoreUnits } from '../domain/store-order.js';
import { closeExceptions, type OrderPlace, raiseException } from './exceptions.js';
import { type LineUnits, leftUnits, spread } from './line-units.js';
import { messagesOf, queueMessage } from './order-messages.js';
import { fetchedUnits } from './packed-units.js';

/** What is needed to pass on what the shop took back. */
export interface TakenBackContext {
  readonly place: OrderPlace;
  /** What the channel can be told, and what of it a person releases. */
  readonly tells: readonly OrderMessageKind[];
  readonly confirms: readonly OrderMessageKind[];
  /** Whether refunds of the channel are booked in the shop by us. */
  readonly books: boolean;
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
  if (order.cancelled && (await fetchedUnits(tx, place)).size > 0)
    await raiseException(tx, place, CANCELLED_AFTER_PICKUP, now);
  const counted = shopCancelled(order, lines);
  const told = await toldUnits(tx, place);
  const news: (CancelledLine & { readonly units: number })[] = [];
  for (const line of lines) {
    const units = Math.max(line.shopCancelled, counted.get(line.lineId) ?? 0);
    if (units > line.shopCancelled)
      await tx.run(
        'UPDATE order_line SET shop_cancelled = ? WHERE channel = ? AND external_id = ? AND line_id = ? AND shop_cancelled < ?',
        [units, place.channel, place.externalId, line.lineId, units],
      );
    const quantity = units - Math.max(line.cancelled, told.get(line.lineId) ?? 0);
    if (quantity > 0) news.push({ lineExternalId: line.lineId, quantity, ordered: line.ordered, units });
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
      lines: news.map(({ units: _counted, ...line }) => line),
    },
    { now, held: context.confirms.includes('cancel') },
  );
}

/** The shop does not see what is handed over in a store: its cancellation is about goods the buyer has. */
const CANCELLED_AFTER_PICKUP = {
  code: 'cancelled_after_pickup',
  message: 'The shop cancelled the order, but the buyer has fetched it',
  advice:
    'Book it as sold in the shop; the channel counts it as handed over. If it came back, take it with `omnifeed orders return`.',
} as const;

/** Units in cancellations that were told and not refused, and which the channel may not show yet. */
export async function toldUnits(tx: Queries, place: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const told = new Map<string, number>();
  for (const message of await messagesOf(tx, place)) {
    if (message.kind !== 'cancel' || message.state === 'rejected') continue;
    for (const { lineExternalId, quantity } of message.lines)
      told.set(lineExternalId, (told.get(lineExternalId) ?? 0) + quantity);
  }
  return told;
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
