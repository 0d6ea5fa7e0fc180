import type { Queries } from '../db/database.js';
import type { OrderPlace } from './exceptions.js';

/** Units per line id that have left: in parcels recorded before, and fetched by the buyer. Rejected parcels do not count. */
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
  for (const [id, units] of await fetchedUnits(tx, order)) packed.set(id, (packed.get(id) ?? 0) + units);
  return packed;
}

/** Units per line id that the buyer has fetched at a location. */
export async function fetchedUnits(tx: Queries, order: OrderPlace): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.all<{ line_id: string; units: number }>(
    `SELECT line_id, CAST(SUM(handed_over) AS bigint) AS units FROM fulfilment_line WHERE channel = ? AND external_id = ?
     GROUP BY line_id HAVING SUM(handed_over) > 0`,
    [order.channel, order.externalId],
  );
  return new Map(rows.map(({ line_id: id, units }) => [id, units]));
}
