import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { unitsLeft } from '../stock/allotment.js';
import type { StockFacts } from '../stock/available.js';
import { type BundleTold, bundleTold } from '../stock/bundle-told.js';
import type { StoredAllotment } from './allotment-rows.js';
import { variantsBySku } from './store.js';

/** A count with who states it and when it was taken. */
export interface CardLevel {
  readonly location: string;
  readonly onHand: number;
  readonly owner: string;
  readonly readAt: Instant;
}

/** Open units of one order line. */
export interface CardReservation {
  readonly channel: string;
  readonly order: string;
  readonly units: number;
  readonly since: Instant;
}

/** A change of a count. */
export interface CardMovement {
  readonly at: Instant;
  readonly location: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly cause: string;
}

/** Units in the hands of a strict channel. */
export interface CardAllotment {
  readonly channel: string;
  readonly state: StoredAllotment['state'];
  readonly left: number;
  readonly since: Instant;
}

/** Everything the ledger knows of one variant. */
export interface StockCard {
  readonly sku: string;
  /** What it is made of, for a bundle. */
  readonly bundle: BundleTold | null;
  /** Own counts; those of a bundle are not used. */
  readonly levels: readonly CardLevel[];
  readonly reservations: readonly CardReservation[];
  readonly allotments: readonly CardAllotment[];
  /** The latest first. */
  readonly movements: readonly CardMovement[];
  /** For `channelStock`: what a channel may offer of it. */
  readonly facts: StockFacts;
}

const MOST_RESERVATIONS = 100;

/** The stock card of a SKU with its latest `movements`. Throws `unknown_sku`. */
export async function stockCard(database: Database, sku: string, movements: number): Promise<StockCard> {
  const [row] = await variantsBySku(database, [sku]);
  if (!row)
    throw new OperatorError(
      'unknown_sku',
      `The catalog has no SKU "${sku}"`,
      'Check the spelling; SKUs are compared letter by letter.',
    );
  const levels = await database.all<CardLevel>(
    `SELECT location, on_hand AS "onHand", source AS owner, read_at AS "readAt" FROM stock_level WHERE sku = ? ORDER BY location`,
    [sku],
  );
  const reservations = await database.all<CardReservation>(
    `SELECT channel, external_id AS "order", quantity AS units, at AS since FROM reservation WHERE sku = ? ORDER BY at, external_id LIMIT ?`,
    [sku, MOST_RESERVATIONS],
  );
  const moved = await database.all<CardMovement>(
    'SELECT at, location, before, after, cause FROM stock_movement WHERE sku = ? ORDER BY id DESC LIMIT ?',
    [sku, movements],
  );
  const allotments = ((row.stock.allotments ?? []) as readonly StoredAllotment[]).map((allotment) => ({
    channel: allotment.channel,
    state: allotment.state,
    left: unitsLeft(allotment),
    since: allotment.openedAt,
  }));
  return {
    sku,
    bundle: bundleTold(row.stock),
    levels,
    reservations,
    allotments,
    movements: moved,
    facts: row.stock,
  };
}
