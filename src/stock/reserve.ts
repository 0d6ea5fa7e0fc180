import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { withBundles } from './bundle-rows.js';

/** Open units of one line of a channel order; of a bundle, those of one of its components. */
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

const LINE = { channel: 'text', external_id: 'text', line_id: 'text' } as const;
const UNITS = { ...LINE, sku: 'text', quantity: 'integer' } as const;

/**
 * Keeps the open units of order lines: sets each line to what is given of it, whatever it was before, so that doing it twice is doing it once. A line of a
 * bundle is given with all its components. The variants, and bundles they are in, take the sequence number `seq` in the same transaction: every channel
 * looks at them again. Answers the SKUs whose reserved units changed.
 */
export async function reserve(
  tx: Queries,
  lines: readonly Reservation[],
  by: { readonly at: Instant; readonly seq: number },
): Promise<string[]> {
  if (lines.length === 0) return [];
  const wanted = new Map(lines.map((line) => [unitsKey(line), line]));
  const known = new Map((await knownOf(tx, lines)).map((line) => [unitsKey(line), line]));
  const gone = [...known.values()].filter((line) => (wanted.get(unitsKey(line))?.quantity ?? 0) <= 0);
  const kept = [...wanted.values()].filter(
    (line) => line.quantity > 0 && line.quantity !== known.get(unitsKey(line))?.quantity,
  );
  await keepUnits(tx, kept, by.at);
  await removeUnits(tx, gone);
  return touch(tx, [...new Set([...kept, ...gone].map(({ sku }) => sku))], by.seq);
}

/** All that is reserved for the lines these are of, of any SKU. */
async function knownOf(tx: Queries, lines: readonly Reservation[]): Promise<Reservation[]> {
  const rows = new Map(lines.map((line) => [lineKey(line), lineRecord(line)]));
  return tx.all<Reservation>(
    `SELECT x.channel, x.external_id AS "externalId", x.line_id AS "lineId", x.sku, x.quantity FROM ${tx.unfold('r', LINE)}
     JOIN reservation x ON x.channel = r.channel AND x.external_id = r.external_id AND x.line_id = r.line_id`,
    [JSON.stringify([...rows.values()])],
  );
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
  const found = await tx.all<Reservation>(
    `SELECT x.channel, x.external_id AS "externalId", x.line_id AS "lineId", x.sku, x.quantity
     FROM ${tx.unfold('r', { channel: 'text', external_id: 'text', line_id: 'text' })}
     JOIN reservation x ON x.channel = r.channel AND x.external_id = r.external_id
       AND (r.line_id IS NULL OR x.line_id = r.line_id)`,
    [JSON.stringify(rows)],
  );
  await removeUnits(tx, found);
  return touch(tx, [...new Set(found.map((row) => row.sku))], by.seq);
}

function lineKey(line: Reservation): string {
  return JSON.stringify([line.channel, line.externalId, line.lineId]);
}

function unitsKey(line: Reservation): string {
  return JSON.stringify([line.channel, line.externalId, line.lineId, line.sku]);
}

function lineRecord({ channel, externalId, lineId }: Reservation) {
  return { channel, external_id: externalId, line_id: lineId };
}

function unitsRecord(line: Reservation) {
  return { ...lineRecord(line), sku: line.sku, quantity: line.quantity };
}

/** `at` is the instant of the first reservation of the SKU for the line. */
async function keepUnits(tx: Queries, lines: readonly Reservation[], at: Instant): Promise<void> {
  if (lines.length === 0) return;
  await tx.run(
    `INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at)
     SELECT r.channel, r.external_id, r.line_id, r.sku, r.quantity, CAST(? AS text)
     FROM ${tx.unfold('r', UNITS)} WHERE true
     ON CONFLICT (channel, external_id, line_id, sku) DO UPDATE SET quantity = excluded.quantity`,
    [at, JSON.stringify(lines.map(unitsRecord))],
  );
}

async function removeUnits(tx: Queries, lines: readonly Reservation[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.run(
    `DELETE FROM reservation WHERE (channel, external_id, line_id, sku) IN (SELECT channel, external_id, line_id, sku
       FROM ${tx.unfold('r', { ...LINE, sku: 'text' })})`,
    [JSON.stringify(lines.map(unitsRecord))],
  );
}

/** Answers the SKUs themselves; the bundles they are in are looked at again as well. */
async function touch(tx: Queries, skus: string[], seq: number): Promise<string[]> {
  if (skus.length === 0) return [];
  const touched = await withBundles(tx, skus);
  await tx.run(
    `UPDATE variant SET seq = ? WHERE sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [seq, JSON.stringify(touched.map((sku) => ({ sku })))],
  );
  return skus;
}
