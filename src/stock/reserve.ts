import { touchVariants } from '../catalog/touch-variants.js';
import type { Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';

/** Units an order line takes from us. Zero: the line takes nothing any more. */
export interface LineUnits {
  readonly externalId: string;
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** Lines of one channel's orders with the units they must hold. */
export interface ReservationOrder {
  readonly channel: string;
  readonly at: string;
  readonly lines: readonly LineUnits[];
}

/**
 * Makes the reservations of order lines what they must be, in the caller's transaction: written, changed, or given back. Variants whose
 * reserved units changed get the number of this write, so that every channel looks at them again. Answers how many lines changed.
 */
export async function reserveLines(tx: Queries, order: ReservationOrder): Promise<number> {
  if (order.lines.length === 0) return 0;
  const held = await heldUnits(tx, order);
  const changed = order.lines.filter((line) => (held.get(keyOf(line)) ?? 0) !== line.quantity);
  if (changed.length === 0) return 0;
  await write(tx, { ...order, lines: changed.filter((line) => line.quantity > 0) });
  await giveBack(tx, { ...order, lines: changed.filter((line) => line.quantity <= 0) });
  await touchVariants(tx, [...new Set(changed.map((line) => line.sku))], await nextSequence(tx));
  return changed.length;
}

const COLUMNS = { id: 'text', line: 'text', sku: 'text', quantity: 'integer' } as const;

async function heldUnits(tx: Queries, order: ReservationOrder): Promise<Map<string, number>> {
  const rows = await tx.all<{ external_id: string; line_id: string; quantity: number }>(
    `SELECT v.external_id, v.line_id, v.quantity FROM ${tx.unfold('r', COLUMNS)}
     JOIN reservation v ON v.channel = ? AND v.external_id = r.id AND v.line_id = r.line`,
    [rowsOf(order.lines), order.channel],
  );
  return new Map(
    rows.map((row) => [keyOf({ externalId: row.external_id, lineId: row.line_id }), row.quantity]),
  );
}

async function write(tx: Queries, order: ReservationOrder): Promise<void> {
  if (order.lines.length === 0) return;
  await tx.run(
    `INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at)
     SELECT CAST(? AS text), r.id, r.line, r.sku, r.quantity, CAST(? AS text) FROM ${tx.unfold('r', COLUMNS)} WHERE true
     ON CONFLICT (channel, external_id, line_id) DO UPDATE SET sku = excluded.sku, quantity = excluded.quantity`,
    [order.channel, order.at, rowsOf(order.lines)],
  );
}

async function giveBack(tx: Queries, order: ReservationOrder): Promise<void> {
  if (order.lines.length === 0) return;
  await tx.run(
    `DELETE FROM reservation WHERE channel = ? AND EXISTS
       (SELECT 1 FROM ${tx.unfold('r', COLUMNS)} WHERE r.id = reservation.external_id AND r.line = reservation.line_id)`,
    [order.channel, rowsOf(order.lines)],
  );
}

function rowsOf(lines: readonly LineUnits[]): string {
  return JSON.stringify(
    lines.map((line) => ({ id: line.externalId, line: line.lineId, sku: line.sku, quantity: line.quantity })),
  );
}

function keyOf(line: Pick<LineUnits, 'externalId' | 'lineId'>): string {
  return `${line.externalId}\n${line.lineId}`;
}
