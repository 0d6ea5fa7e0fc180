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
 * What the channel gave back by itself, line by line, that is neither in the shop nor on its way there. What a person did on one side may be the same
 * as on the other: the larger of what both sides account for is taken off. A line of which something is under way is looked at afterwards. Pure.
 */
export function channelRefunds(sides: RefundSides): readonly ChannelRefund[] {
  const byShop = sides.refunds.filter(({ key }) => key === undefined);
  const shown = spread(
    byShop.flatMap(({ lines }) => lines.filter(({ quantity }) => quantity > 0)),
    sides.lines,
    (line) => line.ordered,
  ).byLine;
  return sides.lines.flatMap((line) => {
    if (isUnderWay(line.lineId, sides)) return [];
    const told = toldFor(line.lineId, sides.messages);
    const booked = bookedFor(line.lineId, sides.owed);
    const stated = sides.amounts.get(line.lineId);
    const units = Math.max(
      told.units + booked.byChannel.units,
      (shown.get(line.lineId) ?? 0) + booked.all.units,
    );
    const minor = Math.max(told.minor + booked.byChannel.minor, shownFor(line, byShop) + booked.all.minor);
    const missing = line.refunded - units;
    const money = (stated?.minor ?? 0) - minor;
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

interface Sum {
  readonly units: number;
  readonly minor: number;
}

const NOTHING: Sum = { units: 0, minor: 0 };

/** What we told the channel to give back for a line, refused ones not counted. */
function toldFor(lineId: string, messages: RefundSides['messages']): Sum {
  return messages
    .filter(({ state }) => state !== 'rejected')
    .flatMap((message) => (message.kind === 'refund' ? message.lines : []))
    .filter(({ lineExternalId }) => lineExternalId === lineId)
    .reduce((sum, line) => {
      const given = givenBy(line);
      return {
        units: sum.units + line.quantity,
        minor: sum.minor + (given?.goods.minor ?? 0) + (given?.shipping ?? 0),
      };
    }, NOTHING);
}

/** What we booked in the shop for a line, as the channel gave it: the shop works out amounts of its own for the units. */
function bookedFor(lineId: string, owed: readonly OwedRow[]): { readonly all: Sum; readonly byChannel: Sum } {
  const sumOf = (rows: readonly OwedRow[]): Sum =>
    rows
      .flatMap(({ refund }) => refund.lines)
      .filter(({ lineExternalId }) => lineExternalId === lineId)
      .reduce(
        (sum, { quantity, amount }) => ({ units: sum.units + quantity, minor: sum.minor + amount.minor }),
        NOTHING,
      );
  const booked = owed.filter(({ state }) => state === 'booked');
  return {
    all: sumOf(booked),
    byChannel: sumOf(booked.filter(({ reference }) => reference.startsWith(BY_CHANNEL))),
  };
}

function shownFor({ lineId, sku }: LineUnits, refunds: readonly StoreRefund[]): number {
  return refunds
    .flatMap(({ lines }) => lines)
    .filter((part) => (part.lineExternalId === undefined ? part.sku === sku : part.lineExternalId === lineId))
    .reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0);
}
