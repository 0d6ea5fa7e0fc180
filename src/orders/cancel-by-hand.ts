import type { OrderPort } from '../channel/order-port.js';
import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { CancelReason } from '../domain/order-message.js';
import type { OrderPlace } from './exceptions.js';
import { type LineUnits, leftUnits, lineUnits, shippable } from './line-units.js';
import { queueMessage } from './order-messages.js';
import { toldUnits } from './taken-back.js';

/** What a person cancels. */
export interface CancelWish {
  readonly reason: CancelReason;
  /** Units of each line. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly by: string;
  readonly now: Instant;
  /** What the channel can be told. */
  readonly tells: OrderPort['tells'];
}

/**
 * Cancels units at the channel that have not left: the message goes out with the next push, and the shop follows when the channel shows it.
 * Throws OperatorError `unknown_order`, `channel_takes_no_cancel`, `nothing_to_cancel` (naming the line and what is open of it).
 */
export async function cancelByHand(tx: Queries, place: OrderPlace, wish: CancelWish): Promise<void> {
  if (!wish.tells?.includes('cancel'))
    throw new OperatorError(
      'channel_takes_no_cancel',
      `Channel "${place.channel}" takes no cancellations from us`,
      'Cancel there by hand; it is read back here.',
    );
  const lines = await lineUnits(tx, place);
  if (lines.length === 0)
    throw new OperatorError(
      'unknown_order',
      `Channel "${place.channel}" has no such order`,
      'Look at the list of orders.',
    );
  const told = await toldUnits(tx, place);
  const cancelled = wish.lines.map(({ lineId, quantity }) => {
    const line = lines.find((known) => known.lineId === lineId);
    const open = line === undefined ? 0 : openUnits(line, told);
    if (line === undefined || quantity < 1 || quantity > open)
      throw new OperatorError(
        'nothing_to_cancel',
        `Of line ${lineId.slice(0, 60)} ${open} can be cancelled, not ${quantity}`,
        'Load the order again: something was shipped or cancelled meanwhile.',
      );
    return { lineExternalId: lineId, quantity, ordered: line.ordered };
  });
  const reference = `cancel-by-hand:${cancelled.map(({ lineExternalId, quantity }) => `${lineExternalId}=${(told.get(lineExternalId) ?? 0) + quantity}`).join(',')}`;
  const { reason, now, by } = wish;
  await queueMessage(
    tx,
    place.channel,
    { kind: 'cancel', reference, orderExternalId: place.externalId, reason, lines: cancelled },
    { now },
  );
  await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
    place.channel,
    place.externalId,
    'cancel-asked',
    JSON.stringify({ by, reason, lines: cancelled.length }),
    now,
  ]);
}

function openUnits(line: LineUnits, told: ReadonlyMap<string, number>): number {
  return shippable(line) - leftUnits(line) - Math.max(0, (told.get(line.lineId) ?? 0) - line.cancelled);
}
