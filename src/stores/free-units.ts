import type { Queries } from '../db/database.js';
import type { Location } from '../domain/location.js';
import type { OrderPlace } from '../orders/exceptions.js';
import type { Candidate } from './choose-location.js';

/**
 * What is free of some SKUs at each location: what is counted there, less what other orders that have a reservation are to take from there. What
 * nobody counts at a location is absent, which is not zero.
 */
export async function freeUnits(
  tx: Queries,
  order: OrderPlace,
  wanted: { readonly skus: readonly string[]; readonly locations: readonly Location[] },
): Promise<readonly Candidate[]> {
  const rows = await tx.all<{ sku: string; location: string; free: number }>(
    `SELECT s.sku, s.location, CAST(s.on_hand - COALESCE((SELECT SUM(f.quantity * COALESCE(p.quantity, 1)) FROM reservation r
         JOIN fulfilment_line f ON f.channel = r.channel AND f.external_id = r.external_id AND f.line_id = r.line_id AND f.location = s.location
         LEFT JOIN order_line_part p ON p.channel = r.channel AND p.external_id = r.external_id AND p.line_id = r.line_id AND p.sku = r.sku
         WHERE r.sku = s.sku AND NOT (r.channel = ? AND r.external_id = ?)), 0) AS bigint) AS free
     FROM stock_level s WHERE s.sku IN (SELECT sku FROM ${tx.unfold('w', { sku: 'text' })})`,
    [order.channel, order.externalId, JSON.stringify([...new Set(wanted.skus)].map((sku) => ({ sku })))],
  );
  return wanted.locations.map((location) => ({
    location,
    free: new Map(
      rows.filter((row) => row.location === location.id).map(({ sku, free }) => [sku, free] as const),
    ),
  }));
}
