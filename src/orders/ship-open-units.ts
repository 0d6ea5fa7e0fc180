import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreShipment } from '../domain/store-order.js';
import { leftUnits, lineUnits } from './line-units.js';
import { type ParcelPlace, recordShipment } from './record-shipment.js';

/**
 * Records a parcel by hand. Without lines it holds everything that is still open in the order: not cancelled, not shipped at the channel and in
 * no parcel recorded before. The same reference again corrects carrier and number, or is `known`. Throws OperatorError `order_cancelled` or `nothing_to_ship`.
 */
export async function shipOpenUnits(
  tx: Queries,
  place: ParcelPlace,
  parcel: Omit<StoreShipment, 'lines'> & Partial<Pick<StoreShipment, 'lines'>>,
): Promise<Awaited<ReturnType<typeof recordShipment>>> {
  const { channel, externalId } = place;
  const order = await tx.get<{ status: string }>(
    'SELECT status FROM channel_order WHERE channel = ? AND external_id = ?',
    [channel, externalId],
  );
  if (order?.status === 'cancelled')
    throw new OperatorError(
      'order_cancelled',
      `Order "${externalId}" is cancelled on ${channel}`,
      'Do not send the parcel; if it is on its way, call it back.',
    );
  const known = await tx.get(
    'SELECT reference FROM shipment WHERE channel = ? AND external_id = ? AND reference = ?',
    [channel, externalId, parcel.reference],
  );
  if (known) return recordShipment(tx, place, { ...parcel, lines: [] });
  const lines = parcel.lines ?? (await unpackedLines(tx, place));
  if (lines.length === 0)
    throw new OperatorError(
      'nothing_to_ship',
      `Order "${externalId}" has nothing open on ${channel}`,
      '`omnifeed orders list` shows the orders.',
    );
  return recordShipment(tx, place, { ...parcel, lines });
}

/** A unit the channel knows as shipped is mostly in a parcel of ours as well, so the larger of the two numbers counts, not their sum. */
async function unpackedLines(tx: Queries, place: ParcelPlace): Promise<StoreShipment['lines']> {
  return (await lineUnits(tx, place))
    .map((line) => ({
      lineExternalId: line.lineId,
      sku: line.sku,
      quantity: line.ordered - line.cancelled - leftUnits(line),
    }))
    .filter((line) => line.quantity > 0);
}
