import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Delivery } from '../domain/order.js';
import type { OrderPlace } from '../orders/exceptions.js';
import { readLineParts } from '../orders/line-parts.js';
import type { Part, UnitsWanted } from './choose-location.js';
import type { FulfilmentState } from './decide-pickup.js';

/** Where and how far an order is fulfilled, as it is stored. */
export interface Fulfilment {
  readonly method: Delivery['method'];
  readonly state: FulfilmentState;
  readonly reason: string;
  /** `itself`, or the person who chose. */
  readonly chosenBy: string;
  readonly revision: number;
  readonly readyBy: Instant | null;
  readonly parts: readonly Part[];
}

/** Reads it; null: nobody has decided yet. */
export async function readFulfilment(tx: Queries, place: OrderPlace): Promise<Fulfilment | null> {
  const key = [place.channel, place.externalId];
  const row = await tx.get<Omit<Fulfilment, 'parts'>>(
    `SELECT method, state, reason, chosen_by AS "chosenBy", revision, ready_by AS "readyBy" FROM order_fulfilment
     WHERE channel = ? AND external_id = ?`,
    key,
  );
  if (!row) return null;
  const parts = await tx.all<Part>(
    `SELECT line_id AS "lineId", location, quantity, handed_over AS "handedOver" FROM fulfilment_line WHERE channel = ? AND external_id = ?
     ORDER BY line_id, location`,
    key,
  );
  return { ...row, parts };
}

/** A decision about where an order is fulfilled, to be written. */
export type NewFulfilment = Omit<Fulfilment, 'revision'> & { readonly chosenAt: Instant };

/** Writes where an order is fulfilled in place of what was decided before; answers the new revision. */
export async function writeFulfilment(
  tx: Queries,
  place: OrderPlace,
  decided: NewFulfilment,
): Promise<number> {
  const key = [place.channel, place.externalId];
  await tx.run(
    `INSERT INTO order_fulfilment (channel, external_id, method, state, reason, chosen_by, chosen_at, revision, ready_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
     ON CONFLICT (channel, external_id) DO UPDATE SET method = excluded.method, state = excluded.state, reason = excluded.reason,
       chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at, revision = order_fulfilment.revision + 1, ready_by = excluded.ready_by,
       ready_at = CASE WHEN excluded.state = 'ready' THEN order_fulfilment.ready_at END,
       keep_until = CASE WHEN excluded.state = 'ready' THEN order_fulfilment.keep_until END`,
    [
      ...key,
      decided.method,
      decided.state,
      decided.reason,
      decided.chosenBy,
      decided.chosenAt,
      decided.readyBy,
    ],
  );
  await tx.run('DELETE FROM fulfilment_line WHERE channel = ? AND external_id = ?', key);
  for (const { lineId, location, quantity, handedOver = 0 } of decided.parts)
    await tx.run(
      'INSERT INTO fulfilment_line (channel, external_id, line_id, location, quantity, handed_over) VALUES (?, ?, ?, ?, ?, ?)',
      [...key, lineId, location, quantity, handedOver],
    );
  const row = await tx.get<{ revision: number }>(
    'SELECT revision FROM order_fulfilment WHERE channel = ? AND external_id = ?',
    key,
  );
  return row?.revision ?? 1;
}

/** Units of an order that are to be fulfilled by us: neither the channel nor the shop has taken them out. */
export async function wantedUnits(tx: Queries, place: OrderPlace): Promise<readonly UnitsWanted[]> {
  const lines = await tx.all<Omit<UnitsWanted, 'parts'>>(
    `SELECT line_id AS "lineId", sku, quantity - CASE WHEN cancelled > shop_cancelled THEN cancelled ELSE shop_cancelled END AS units
     FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id`,
    [place.channel, place.externalId],
  );
  const { externalId } = place;
  const sold = await readLineParts(tx, place.channel, [externalId]);
  return lines.map((line) => ({
    ...line,
    parts: sold.of({ externalId, lineId: line.lineId }) ?? [{ sku: line.sku, quantity: 1 }],
  }));
}

/** Something that happened to an order, for its timeline. */
export async function writeOrderEvent(
  tx: Queries,
  place: OrderPlace,
  event: { readonly kind: string; readonly facts: object; readonly at: Instant },
): Promise<void> {
  await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
    place.channel,
    place.externalId,
    event.kind,
    JSON.stringify(event.facts),
    event.at,
  ]);
}

/** The locations of parts, each once. */
export function locationsOfParts(parts: readonly Part[]): readonly string[] {
  return [...new Set(parts.map(({ location }) => location))].sort();
}
