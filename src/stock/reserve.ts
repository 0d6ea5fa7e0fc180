import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Open units of one line of a channel order. */
export interface Reservation {
  readonly channel: string;
  /** The channel's id of the order. */
  readonly externalId: string;
  readonly lineId: string;
  readonly sku: string;
  /** Whole units still to be shipped; 0 releases the line. */
  readonly quantity: number;
}

/** Names an order, or one line of it. */
export interface ReservedOrder {
  readonly channel: string;
  readonly externalId: string;
  readonly lineId?: string;
}

const LINE = {
  channel: 'text',
  external_id: 'text',
  line_id: 'text',
  sku: 'text',
  quantity: 'integer',
} as const;
const SAME = 'x.channel = r.channel AND x.external_id = r.external_id AND x.line_id = r.line_id';

/**
 * Keeps the open units of order lines: sets each line to its quantity, whatever it was before, so that doing it twice is
 * doing it once. The variants take the sequence number `seq` in the same transaction: every channel looks at them again.
 * Answers the SKUs whose reserved units changed.
 */
export async function reserve(
  tx: Queries,
  lines: readonly Reservation[],
  by: { readonly at: Instant; readonly seq: number },
): Promise<string[]> {
  if (lines.length === 0) return [];
  const rows = [...new Map(lines.map((line) => [lineKey(line), line])).values()].map(reservationRecord);
  const changed = await tx.all<{ sku: string; old_sku: string | null }>(
    `SELECT r.sku, x.sku AS old_sku FROM ${tx.unfold('r', LINE)} LEFT JOIN reservation x ON ${SAME}
     WHERE COALESCE(x.quantity, 0) <> r.quantity OR (x.sku IS NOT NULL AND x.sku <> r.sku)`,
    [JSON.stringify(rows)],
  );
  await keepLines(
    tx,
    rows.filter((row) => row.quantity > 0),
    by.at,
  );
  await removeLines(
    tx,
    rows.filter((row) => row.quantity <= 0),
  );
  const skus = new Set<string>();
  for (const row of changed) {
    skus.add(row.sku);
    if (row.old_sku !== null) skus.add(row.old_sku);
  }
  return touch(tx, [...skus], by.seq);
}

/** Releases whole orders or single lines: cancelled, or shipped and counted by a newer stock reading. Answers the SKUs. */
export async function release(
  tx: Queries,
  orders: readonly ReservedOrder[],
  by: { readonly seq: number },
): Promise<string[]> {
  if (orders.length === 0) return [];
  const rows = orders.map((order) => ({
    channel: order.channel,
    external_id: order.externalId,
    line_id: order.lineId ?? null,
  }));
  const found = await tx.all<Record<'channel' | 'external_id' | 'line_id' | 'sku', string>>(
    `SELECT x.channel, x.external_id, x.line_id, x.sku
     FROM ${tx.unfold('r', { channel: 'text', external_id: 'text', line_id: 'text' })}
     JOIN reservation x ON x.channel = r.channel AND x.external_id = r.external_id
       AND (r.line_id IS NULL OR x.line_id = r.line_id)`,
    [JSON.stringify(rows)],
  );
  await removeLines(tx, found);
  return touch(tx, [...new Set(found.map((row) => row.sku))], by.seq);
}

function lineKey(line: Reservation): string {
  return JSON.stringify([line.channel, line.externalId, line.lineId]);
}

function reservationRecord(line: Reservation) {
  return {
    channel: line.channel,
    external_id: line.externalId,
    line_id: line.lineId,
    sku: line.sku,
    quantity: line.quantity,
  };
}

/** `at` is the instant of the first reservation of the line. */
async function keepLines(
  tx: Queries,
  rows: readonly ReturnType<typeof reservationRecord>[],
  at: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(
    `INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at)
     SELECT r.channel, r.external_id, r.line_id, r.sku, r.quantity, CAST(? AS text)
     FROM ${tx.unfold('r', LINE)} WHERE true
     ON CONFLICT (channel, external_id, line_id) DO UPDATE SET sku = excluded.sku, quantity = excluded.quantity`,
    [at, JSON.stringify(rows)],
  );
}

async function removeLines(
  tx: Queries,
  rows: readonly { readonly channel: string; readonly external_id: string; readonly line_id: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(
    `DELETE FROM reservation WHERE (channel, external_id, line_id) IN (SELECT channel, external_id, line_id
       FROM ${tx.unfold('r', { channel: 'text', external_id: 'text', line_id: 'text' })})`,
    [JSON.stringify(rows)],
  );
}

async function touch(tx: Queries, skus: string[], seq: number): Promise<string[]> {
  if (skus.length === 0) return [];
  await tx.run(
    `UPDATE variant SET seq = ? WHERE sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [seq, JSON.stringify(skus.map((sku) => ({ sku })))],
  );
  return skus;
}
