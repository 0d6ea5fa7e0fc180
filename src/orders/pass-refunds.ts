import type { Queries } from '../db/database.js';
import { type Money, moneyText } from '../domain/money.js';
import type { OrderMessage } from '../domain/order-message.js';
import type { StoreOrder, StoreRefund, StoreUnits } from '../domain/store-order.js';
import { type BookedReturns, bookedReturns } from './booked-returns.js';
import { raiseException } from './exceptions.js';
import { type LineUnits, leftUnits } from './line-units.js';
import { messagesOf, queueMessage } from './order-messages.js';
import { FROM_SHOP, givenBy, owedRefunds } from './owed-refunds.js';
import { recordChannelRefunds, refundedAmounts } from './record-channel-refunds.js';
import type { TakenBackContext } from './taken-back.js';

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
  const refunds = order.refunds ?? [];
  const amounts = await refundedAmounts(tx, context.place);
  if (refunds.length === 0 && amounts.size === 0 && lines.every(({ refunded }) => refunded === 0)) return;
  const messages = await messagesOf(tx, context.place);
  const known = new Set(messages.map(({ reference }) => reference));
  const ours = toldAlready(messages);
  const returns = await bookedReturns(tx, { place: context.place, lines, now: context.now });
  for (const refund of refunds) {
    if (refund.key !== undefined || known.has(referenceOf(refund))) continue;
    const step = await stepOf(refund, returns, {
      lines,
      ours,
      amounts,
      tells: context.tells.includes('refund'),
    });
    if (step.step === 'ask') await askPerson(tx, refund, step.advice, context);
    if (step.step === 'tell') await tell(tx, refund, step.lines, context);
  }
  const owed = await owedRefunds(tx, context.place);
  await recordChannelRefunds(tx, { lines, amounts, messages, refunds, owed }, context);
}

/** Money of goods that came back to a store of ours is on its way already. */
async function stepOf(
  refund: StoreRefund,
  returns: BookedReturns,
  known: Parameters<typeof refundStep>[1],
): Promise<RefundStep> {
  const booked = await returns.isOf(refund);
  if (booked === 'booked') return { step: 'none' };
  if (booked === 'no') return refundStep(refund, known);
  return {
    step: 'ask',
    advice:
      'Some of these units came back to a store, and the channel gives their money back already. Compare both, and give back at the channel what is missing.',
  };
}

/** What becomes of a refund of the shop: nothing, because the money goes or went back otherwise; a person; or a message. */
type RefundStep =
  | { readonly step: 'none' }
  | { readonly step: 'ask'; readonly advice: string }
  | { readonly step: 'tell'; readonly lines: readonly Refunded[] };

function refundStep(
  refund: StoreRefund,
  known: {
    readonly lines: readonly LineUnits[];
    readonly ours: ReadonlyMap<string, Given>;
    /** What the channel says it gave back, by line. */
    readonly amounts: ReadonlyMap<string, Money>;
    readonly tells: boolean;
  },
): RefundStep {
  const lines = refundLines(refund, known.lines);
  if (lines === 'cancelled') return { step: 'none' };
  if (lines === 'unclear')
    return {
      step: 'ask',
      advice: 'Give the money back at the channel by hand: the refund names no lines of the order.',
    };
  const given = givenBack(lines, known);
  if (given === 'yes') return { step: 'none' };
  if (given === 'perhaps')
    return {
      step: 'ask',
      advice:
        'The channel shows units given back that we did not tell it of. Compare both, and give back at the channel what is missing.',
    };
  return known.tells
    ? { step: 'tell', lines }
    : {
        step: 'ask',
        advice: 'Give the money back at the channel by hand; this channel takes no refunds from us.',
      };
}

function askPerson(
  tx: Queries,
  refund: StoreRefund,
  advice: string,
  { place, now }: TakenBackContext,
): Promise<void> {
  const message = `The shop gave money back (${whatOf(refund)}) and the channel was not told`;
  return raiseException(tx, place, { code: 'refund_at_channel', message, advice }, now);
}

async function tell(
  tx: Queries,
  refund: StoreRefund,
  lines: readonly Refunded[],
  { place, now, confirms }: TakenBackContext,
): Promise<void> {
  const held = confirms.includes('refund');
  const added = await queueMessage(
    tx,
    place.channel,
    {
      kind: 'refund',
      reference: referenceOf(refund),
      orderExternalId: place.externalId,
      reason: refund.lines.some(({ returned }) => returned === true) ? 'returned' : 'other',
      lines,
    },
    { now, held },
  );
  if (!added || !held) return;
  const exception = {
    code: 'refund_to_confirm' as const,
    message: `The shop gave money back: ${whatOf(refund)}. The channel gives it to the buyer once you confirm`,
    advice:
      'Look at the amounts with `omnifeed orders show`, then run `omnifeed orders confirm`. It cannot be undone there.',
  };
  await raiseException(tx, place, exception, now);
}

function referenceOf(refund: StoreRefund): string {
  return `${FROM_SHOP}${refund.reference}`;
}

function whatOf(refund: StoreRefund): string {
  return `${refund.reference} over ${moneyText(refund.amount)}`;
}

interface Given {
  readonly units: number;
  readonly minor: number;
}

/** Per line, what we told the channel to give back. */
function toldAlready(messages: readonly OrderMessage[]): ReadonlyMap<string, Given> {
  const told = new Map<string, Given>();
  for (const message of messages) {
    if (message.kind !== 'refund') continue;
    for (const line of message.lines) {
      const { units, minor } = told.get(line.lineExternalId) ?? { units: 0, minor: 0 };
      const given = givenBy(line);
      told.set(line.lineExternalId, {
        units: units + line.quantity,
        minor: minor + (given?.goods.minor ?? 0) + (given?.shipping ?? 0),
      });
    }
  }
  return told;
}

/**
 * Whether the channel gave this money back already, by a person there: the same money must not go back twice. `perhaps`: it gave something back on
 * these lines, and it cannot be told whether it is the same; where it says how much, another amount is other money.
 */
function givenBack(
  refunded: readonly Refunded[],
  { lines, ours, amounts }: Pick<Parameters<typeof refundStep>[1], 'lines' | 'ours' | 'amounts'>,
): 'yes' | 'no' | 'perhaps' {
  const others = refunded.map(({ lineExternalId, quantity, item, shipping }) => {
    const line = lines.find(({ lineId }) => lineId === lineExternalId);
    const told = ours.get(lineExternalId) ?? { units: 0, minor: 0 };
    const stated = amounts.get(lineExternalId);
    const asMuch =
      stated === undefined ||
      item === undefined ||
      stated.minor - told.minor === item.minor + (shipping?.minor ?? 0);
    return { quantity, there: (line?.refunded ?? 0) - told.units, asMuch };
  });
  if (others.every(({ there }) => there <= 0)) return 'no';
  return others.every(({ there, quantity, asMuch }) => quantity > 0 && there >= quantity && asMuch)
    ? 'yes'
    : 'perhaps';
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
