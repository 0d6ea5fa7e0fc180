import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreShipment } from '../domain/store-order.js';
import { type ParcelPlace, packedUnits, recordShipment } from './record-shipment.js';

/**
 * Records a parcel with everything that is still open in an order: not cancelled, not shipped at the channel and in no parcel recorded
 * before. The same reference again is `known`. Throws OperatorError `order_cancelled` or `nothing_to_ship`.
 */
export async function shipOpenUnits(
  tx: Queries,
  place: ParcelPlace,
  parcel: Omit<StoreShipment, 'lines'>,
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
  if (known) return 'known';
  const lines = await unpackedLines(tx, place);
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
  const lines = await tx.all<{ line_id: string; sku: string; open: number; shipped: number }>(
    'SELECT line_id, sku, quantity - cancelled AS open, shipped FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
    [place.channel, place.externalId],
  );
  const packed = await packedUnits(tx, place);
  return lines
    .map((line) => ({
      sku: line.sku,
      quantity: line.open - Math.max(line.shipped, packed.get(line.line_id) ?? 0),
    }))
    .filter((line) => line.quantity > 0);
}
