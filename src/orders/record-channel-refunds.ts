import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import type { OrderLine } from '../domain/order.js';
import type { LineToBook, StoreRefund, StoreUnits } from '../domain/store-order.js';
import { channelRefunds, type RefundSides } from './channel-refunds.js';
import { closeExceptions, type OrderPlace, raiseException } from './exceptions.js';
import { type LineUnits, spread } from './line-units.js';
import { markOwed, OF_RETURN, type OwedRefund, owedAmount, oweRefund } from './owed-refunds.js';

/** Where the refunds are recorded. */
export interface RecordingContext {
  readonly place: OrderPlace;
  /** Whether refunds of the channel are booked in the shop by us. */
  readonly books: boolean;
  readonly now: Instant;
}

/** What the channel says it gave back, by line. */
export async function refundedAmounts(
  tx: Queries,
  { channel, externalId }: OrderPlace,
): Promise<ReadonlyMap<string, Money>> {
  const rows = await tx.all<{ line_id: string; amounts: string }>(
    'SELECT line_id, amounts FROM order_line WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  return new Map(
    rows.flatMap(({ line_id: line, amounts }) => {
      const { amountRefunded } = JSON.parse(amounts) as Pick<OrderLine, 'amountRefunded'>;
      return amountRefunded === undefined || amountRefunded.minor === 0 ? [] : [[line, amountRefunded]];
    }),
  );
}

/**
 * Has money the channel gave by itself booked in the shop. What cannot be matched, or what the shop does not take, a person books there; the exception
 * closes itself when it stands there.
 */
export async function recordChannelRefunds(
  tx: Queries,
  sides: RefundSides,
  { place, books, now }: RecordingContext,
): Promise<void> {
  const asked: string[] = await leftToPerson(tx, sides, { place, now });
  for (const found of channelRefunds(sides)) {
    const known = sides.owed.find(({ reference }) => reference === found.reference);
    if (known !== undefined) continue; // booked, or asked about above
    const { line, units, amount, unclear } = found;
    if (!books || unclear !== null || amount === null)
      asked.push(`${units} of ${line.sku}${books && unclear !== null ? ` (${unclear})` : ''}`);
    else
      await oweRefund(tx, place, {
        reference: found.reference,
        refund: { reason: 'other', lines: [bookedLine(line, units, amount)] },
        now,
      });
  }
  if (asked.length === 0) {
    await closeExceptions(tx, place, { codes: ['refunded_at_channel'], by: 'itself', at: now });
    return;
  }
  const message = `The channel gave money back that the shop does not know of: ${asked.join(', ')}`;
  const advice = 'Book the refund in the shop; the channel is not told of it a second time.';
  await raiseException(tx, place, { code: 'refunded_at_channel', message, advice }, now);
}

/** Where the units are the channel does not say: the shop counts nothing up. */
function bookedLine(line: LineUnits, quantity: number, amount: Money): LineToBook {
  return { lineExternalId: line.lineId, sku: line.sku, quantity, amount, restockAt: null };
}

/** Refunds the shop did not take; those a person has booked there since are settled. Returns have an exception of their own. */
async function leftToPerson(
  tx: Queries,
  { lines, refunds, owed }: RefundSides,
  { place, now }: Pick<RecordingContext, 'place' | 'now'>,
): Promise<string[]> {
  const asked: string[] = [];
  let open = refunds.filter(({ key }) => key === undefined);
  for (const { reference, refund, state, why } of owed) {
    if (state !== 'left') continue;
    const byHand = open.find((each) => isSame(each, refund, lines));
    if (byHand !== undefined) {
      open = open.filter((each) => each !== byHand);
      await markOwed(tx, place, { reference, state: 'dropped', storeReference: byHand.reference, now });
    } else if (!reference.startsWith(OF_RETURN)) asked.push(`${unitsText(refund, reference)} (${why})`);
  }
  return asked;
}

function isSame(refund: StoreRefund, owed: OwedRefund, lines: readonly LineUnits[]): boolean {
  const units = (parts: readonly StoreUnits[]): string =>
    JSON.stringify([...spread(parts, lines, (line) => line.ordered).byLine].sort());
  return refund.amount.minor === owedAmount(owed)?.minor && units(refund.lines) === units(owed.lines);
}

/** The units of a refund for a person; its reference where it names none. Pure. */
export function unitsText({ lines }: OwedRefund, reference: string): string {
  return lines.length === 0
    ? reference
    : lines.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');
}
