import type { Queries } from '../db/database.js';
import type { OrderPlace } from './exceptions.js';

/** Units per line id in parcels recorded before; rejected parcels do not count. */
export async function packedUnits(tx: Queries, order: OrderPlace): Promise<ReadonlyMap<string, number>> {
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
