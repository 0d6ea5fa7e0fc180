import type { Queries } from '../db/database.js';
import type { StoreShipment } from '../domain/order.js';
import { type OpenLine, parcelLines } from './shipment-lines.js';

/** Where a parcel belongs. */
export interface ParcelPlace {
  readonly channel: string;
  readonly externalId: string;
  readonly now: string;
}

/**
 * Records a parcel so that it will be announced to the channel: `recorded`, `known` (the same reference was recorded before),
 * `incomplete` (no carrier or number yet: it is looked at again), or `surplus` (it holds what was not ordered; a person must look).
 */
export async function recordShipment(
  tx: Queries,
  place: ParcelPlace,
  parcel: StoreShipment,
): Promise<'recorded' | 'known' | 'incomplete' | 'surplus'> {
  const key = [place.channel, place.externalId];
  const known = await tx.get(
    'SELECT reference FROM shipment WHERE channel = ? AND external_id = ? AND reference = ?',
    [...key, parcel.reference],
  );
  if (known) return 'known';
  if (!parcel.carrier || !parcel.trackingNumber) return 'incomplete';
  const { lines, surplus } = parcelLines(await openLines(tx, place), parcel.lines);
  if (lines.length === 0 || surplus.length > 0) return 'surplus';
  await tx.run(
    `INSERT INTO shipment (channel, external_id, reference, carrier, tracking_number, tracking_url, shipped_at, lines, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')`,
    [
      ...key,
      parcel.reference,
      parcel.carrier,
      parcel.trackingNumber,
      parcel.trackingUrl ?? null,
      parcel.shippedAt,
      JSON.stringify(lines),
    ],
  );
  return 'recorded';
}

/** Lines of an order less cancelled units and less units in parcels recorded before. */
async function openLines(tx: Queries, place: ParcelPlace): Promise<OpenLine[]> {
  const key = [place.channel, place.externalId];
  const lines = await tx.all<{ line_id: string; sku: string; quantity: number; cancelled: number }>(
    'SELECT line_id, sku, quantity, cancelled FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
    key,
  );
  const parcels = await tx.all<{ lines: string }>(
    "SELECT lines FROM shipment WHERE channel = ? AND external_id = ? AND state <> 'rejected'",
    key,
  );
  const packed = new Map<string, number>();
  for (const parcel of parcels) {
    for (const line of JSON.parse(parcel.lines) as { lineId: string; quantity: number }[]) {
      packed.set(line.lineId, (packed.get(line.lineId) ?? 0) + line.quantity);
    }
  }
  return lines.map((line) => ({
    lineId: line.line_id,
    sku: line.sku,
    open: line.quantity - line.cancelled - (packed.get(line.line_id) ?? 0),
  }));
}
