import type { Money } from '../domain/money.js';
import type { OrderMessage } from '../domain/order-message.js';
import type { StoreRefund } from '../domain/store-order.js';
import { type LineUnits, leftUnits, spread } from './line-units.js';
import { BY_CHANNEL, FROM_SHOP, givenBy, type OwedRow } from './owed-refunds.js';

/** What is known of the refunds of an order, from both sides. */
export interface RefundSides {
  readonly lines: readonly LineUnits[];
  /** What the channel says it gave back for a line, in money; absent: it does not say. */
  readonly amounts: ReadonlyMap<string, Money>;
  /** What we told the channel to give back. */
  readonly messages: readonly (OrderMessage & { readonly state: string })[];
  /** What stands in the shop. */
  readonly refunds: readonly StoreRefund[];
  readonly owed: readonly OwedRow[];
}

/** Money the channel gave by itself for a line and the shop does not know of. `unclear`: why a person has to book it. */
export interface ChannelRefund {
  readonly line: LineUnits;
  readonly units: number;
  readonly amount: Money | null;
  /** The same for the same counts of the channel. */
  readonly reference: string;
  readonly unclear: string | null;
}

/**
 * What the channel gave back by itself, line by line, that is neither in the shop nor on its way there. What we told the channel, or booked, may or
 * may not show in the shop yet: the larger of both counts is taken off. A line of which something is under way is looked at afterwards. Pure.
 */
export function channelRefunds(sides: RefundSides): readonly ChannelRefund[] {
  const inShop = spread(
    sides.refunds.flatMap(({ lines }) => lines.filter(({ quantity }) => quantity > 0)),
    sides.lines,
    (line) => line.ordered,
  ).byLine;
  return sides.lines.flatMap((line) => {
    if (isUnderWay(line.lineId, sides)) return [];
    const ours = ourShare(line.lineId, sides);
    const stated = sides.amounts.get(line.lineId);
    const missing = line.refunded - Math.max(ours.units, inShop.get(line.lineId) ?? 0);
    const money = (stated?.minor ?? 0) - Math.max(ours.minor, shownFor(line, sides.refunds));
    // An amount without units is money only; a difference of amounts behind equal units is not looked into.
    if (missing <= 0 && (money <= 0 || line.refunded > 0)) return [];
    const amount = stated === undefined ? null : { minor: money, currency: stated.currency };
    const found = { line, units: Math.max(0, missing), amount };
    const reference = `${BY_CHANNEL}${line.lineId}=${line.refunded}/${stated?.minor ?? ''}`;
    return [{ ...found, reference, unclear: unclearIn(found) }];
  });
}

/** Whether a refund of the line is on its way to the channel or into the shop. */
function isUnderWay(lineId: string, { messages, owed }: RefundSides): boolean {
  const known = new Map(owed.map((row) => [row.reference, row.state]));
  return (
    owed.some(
      ({ state, refund }) =>
        state === 'pending' && refund.lines.some(({ lineExternalId }) => lineExternalId === lineId),
    ) ||
    messages.some(
      (message) =>
        message.kind === 'refund' &&
        message.state !== 'rejected' &&
        !message.reference.startsWith(FROM_SHOP) &&
        !known.has(message.reference) &&
        message.lines.some(({ lineExternalId }) => lineExternalId === lineId),
    )
  );
}

function unclearIn({ line, units, amount }: Pick<ChannelRefund, 'line' | 'units' | 'amount'>): string | null {
  if (amount === null) return 'the channel does not say how much';
  if (amount.minor <= 0) return 'the amounts of both sides do not fit';
  if (units > 0 && line.refunded > leftUnits(line)) return 'the units have not left';
  return null;
}

/** What we told the channel to give back for a line, refused ones not counted, and what we booked in the shop because the channel had given it. */
function ourShare(
  lineId: string,
  { messages, owed }: RefundSides,
): { readonly units: number; readonly minor: number } {
  let [units, minor] = [0, 0];
  for (const message of messages) {
    if (message.kind !== 'refund' || message.state === 'rejected') continue;
    for (const line of message.lines.filter((each) => each.lineExternalId === lineId)) {
      const given = givenBy(line);
      units += line.quantity;
      minor += (given?.goods.minor ?? 0) + (given?.shipping ?? 0);
    }
  }
  for (const row of owed) {
    if (row.state !== 'booked' || !row.reference.startsWith(BY_CHANNEL)) continue;
    for (const line of row.refund.lines.filter((each) => each.lineExternalId === lineId)) {
      units += line.quantity;
      minor += line.amount.minor;
    }
  }
  return { units, minor };
}

function shownFor({ lineId, sku }: LineUnits, refunds: readonly StoreRefund[]): number {
  return refunds
    .flatMap(({ lines }) => lines)
    .filter((part) => (part.lineExternalId === undefined ? part.sku === sku : part.lineExternalId === lineId))
    .reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0);
}
