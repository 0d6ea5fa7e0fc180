import type { OrderPort } from '../channel/order-port.js';
import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { type Money, moneyText } from '../domain/money.js';
import type { OrderMessage, RefundedLine, RefundReason } from '../domain/order-message.js';
import type { OrderPlace } from './exceptions.js';
import { messagesOf, queueMessage } from './order-messages.js';
import { type PaidLine, paidLines } from './paid-lines.js';

/** Money a person gives back on one line; `quantity` 0: money only. */
export interface RefundWishLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly amount: Money;
}

/** What a person gives back. */
export interface RefundWish {
  readonly reason: RefundReason;
  readonly lines: readonly RefundWishLine[];
  readonly by: string;
  readonly now: Instant;
  /** What the channel can be told. */
  readonly tells: OrderPort['tells'];
}

/**
 * Has the channel give money back, with the next push; it cannot be called back there. Never more on a line than its buyer paid for it, what was given
 * back before included. Throws OperatorError `channel_takes_no_refund`, `unknown_order`, `unknown_line`, `nothing_to_refund`, `too_much_back` (naming the
 * line and what is left of it), `price_not_told` and `refunded_elsewhere` (the channel shows money given back that we did not tell it of).
 */
export async function refundByHand(tx: Queries, place: OrderPlace, wish: RefundWish): Promise<void> {
  if (!wish.tells?.includes('refund'))
    throw new OperatorError(
      'channel_takes_no_refund',
      `Channel "${place.channel}" takes no refunds from us`,
      'Give the money back there by hand; it is read back here.',
    );
  const paid = await paidLines(tx, place);
  if (paid.length === 0)
    throw new OperatorError(
      'unknown_order',
      `Channel "${place.channel}" has no such order`,
      'Look at the list of orders.',
    );
  if (wish.lines.length === 0)
    throw new OperatorError('nothing_to_refund', 'No line and no amount is named', 'Enter an amount.');
  const before = refundsIn(await messagesOf(tx, place));
  const lines = wish.lines.map((line) => checked(line, paid, before));
  const marks = lines.map(({ lineExternalId, quantity, item }) => {
    const earlier = before.get(lineExternalId) ?? NOTHING;
    return `${lineExternalId}=${earlier.units + quantity}/${earlier.minor + (item?.minor ?? 0)}`;
  });
  const { reason, now, by } = wish;
  await queueMessage(
    tx,
    place.channel,
    {
      kind: 'refund',
      reference: `refund-by-hand:${marks.join(',')}`,
      orderExternalId: place.externalId,
      reason,
      lines,
    },
    { now },
  );
  await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
    place.channel,
    place.externalId,
    'refund-asked',
    JSON.stringify({ by, reason, amount: sumText(wish.lines) }),
    now,
  ]);
}

interface GivenBefore {
  readonly units: number;
  readonly minor: number;
}

const NOTHING: GivenBefore = { units: 0, minor: 0 };

/** What we told the channel to give back, by line; what it refused not counted. */
function refundsIn(
  messages: readonly (OrderMessage & { readonly state: string })[],
): ReadonlyMap<string, GivenBefore> {
  const found = new Map<string, GivenBefore>();
  for (const message of messages) {
    if (message.kind !== 'refund' || message.state === 'rejected') continue;
    for (const { lineExternalId, quantity, item, itemTax } of message.lines) {
      const { units, minor } = found.get(lineExternalId) ?? NOTHING;
      found.set(lineExternalId, {
        units: units + quantity,
        minor: minor + (item?.minor ?? 0) + (itemTax?.minor ?? 0),
      });
    }
  }
  return found;
}

function checked(
  { lineId, quantity, amount }: RefundWishLine,
  paid: readonly PaidLine[],
  before: ReadonlyMap<string, GivenBefore>,
): RefundedLine {
  const line = paid.find(({ externalId }) => externalId === lineId);
  if (line === undefined)
    throw new OperatorError(
      'unknown_line',
      `The order has no line ${lineId.slice(0, 60)}`,
      'Load the order again.',
    );
  const most = paidFor(line);
  if (most === null || most.currency !== amount.currency)
    throw new OperatorError(
      'price_not_told',
      `The channel states no price in ${amount.currency} for line ${lineId.slice(0, 60)}`,
      'Give the money back at the channel by hand; it is read back here.',
    );
  const earlier = before.get(lineId) ?? NOTHING;
  if (line.refunded > earlier.units)
    throw new OperatorError(
      'refunded_elsewhere',
      `The channel shows ${line.refunded} of line ${lineId.slice(0, 60)} given back, and we told it of ${earlier.units}`,
      'Compare both, and give back at the channel what is missing: otherwise it might go back twice.',
    );
  const left = { minor: most.minor - earlier.minor, currency: most.currency };
  if (amount.minor < 1 || amount.minor > left.minor || quantity > line.quantity - earlier.units)
    throw new OperatorError(
      'too_much_back',
      `Of line ${lineId.slice(0, 60)} ${moneyText(left)} for ${line.quantity - earlier.units} units can be given back`,
      'Enter less.',
    );
  return { lineExternalId: lineId, quantity, item: amount };
}

/** What the buyer paid for a line; null: no price was told. Tax the channel collected it gives back itself. */
function paidFor(line: PaidLine): Money | null {
  if (line.unitPrice === undefined) return null;
  const minor = line.unitPrice.minor * line.quantity - Math.abs(line.discount?.minor ?? 0);
  return { minor: Math.max(0, minor), currency: line.unitPrice.currency };
}

function sumText(lines: readonly RefundWishLine[]): string {
  const minor = lines.reduce((sum, { amount }) => sum + amount.minor, 0);
  return moneyText({ minor, currency: lines[0]?.amount.currency ?? '' });
}
