import type { Queries } from '../db/database.js';
import type { Issue } from '../domain/issue.js';
import type { StoreShipment } from '../domain/store-order.js';
import { type OpenLine, parcelLines } from './shipment-lines.js';

/** Where a parcel belongs. */
export interface ParcelPlace {
  readonly channel: string;
  readonly externalId: string;
  readonly now: string;
}

/**
 * Records a parcel so that it will be announced to the channel: `recorded`, `known` (the same reference was recorded before),
 * `incomplete` (no carrier or number yet: it is looked at again), or `surplus` (it holds what was not ordered: kept as rejected, with an issue for a
 * person to look at, and `known` the next time).
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
  const rejected = lines.length === 0 || surplus.length > 0;
  await tx.run(
    `INSERT INTO shipment (channel, external_id, reference, carrier, tracking_number, tracking_url, shipped_at, lines, state, issues)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...key,
      parcel.reference,
      parcel.carrier,
      parcel.trackingNumber,
      parcel.trackingUrl ?? null,
      parcel.shippedAt,
      JSON.stringify(lines),
      rejected ? 'rejected' : 'pending',
      rejected ? JSON.stringify([surplusIssue(parcel, surplus)]) : null,
    ],
  );
  return rejected ? 'surplus' : 'recorded';
}

function surplusIssue(parcel: StoreShipment, surplus: StoreShipment['lines']): Issue {
  const held = surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');
  return {
    severity: 'error',
    code: 'parcel_holds_what_was_not_ordered',
    origin: 'ours',
    message: `Parcel ${parcel.reference} holds ${held || 'nothing'} more than is open in the order, and is not announced`,
    advice:
      'Compare the parcel with the order. Announce what was really sent with `omnifeed orders ship`, under a reference of its own.',
  };
}

/** Lines of an order less cancelled units and less units in parcels recorded before. */
async function openLines(tx: Queries, place: ParcelPlace): Promise<OpenLine[]> {
  const key = [place.channel, place.externalId];
  const lines = await tx.all<{ line_id: string; sku: string; quantity: number; cancelled: number }>(
    'SELECT line_id, sku, quantity, cancelled FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
    key,
  );
  const packed = await packedUnits(tx, place);
  return lines.map((line) => ({
    lineId: line.line_id,
    sku: line.sku,
    open: line.quantity - line.cancelled - (packed.get(line.line_id) ?? 0),
  }));
}

/** Units per line id in parcels recorded before; rejected parcels do not count. */
export async function packedUnits(
  tx: Queries,
  order: Pick<ParcelPlace, 'channel' | 'externalId'>,
): Promise<ReadonlyMap<string, number>> {
  const parcels = await tx.all<{ lines: string }>(
    "SELECT lines FROM shipment WHERE channel = ? AND external_id = ? AND state <> 'rejected'",
    [order.channel, order.externalId],
  );
  const packed = new Map<string, number>();
  for (const parcel of parcels) {
    for (const line of JSON.parse(parcel.lines) as { lineId: string; quantity: number }[]) {
      packed.set(line.lineId, (packed.get(line.lineId) ?? 0) + line.quantity);
    }
  }
  return packed;
}
