import type { Queries } from '../db/database.js';
import type { Stamp } from './history.js';
import type { StagedRange } from './merge-products.js';
import type { RowError } from './readers/reader.js';
import { writeStock } from './set-stock.js';

/** Whose counts are merged, and how. */
export interface StockMerge extends Stamp {
  readonly source: string;
  /** True: what the source counted before and does not count any more is unknown again. Not for supplemental sources, and not for a part of one. */
  readonly forgets: boolean;
  /** Every variant of the range was created just now, so none needs to be given the number of the write. */
  readonly allNew: boolean;
}

/**
 * Takes the quantities of staged variants into the ledger. A variant that the source counted before and does not count
 * any more becomes unknown again; counts that belong to another source are left alone and reported.
 */
export async function mergeStock(
  tx: Queries,
  range: StagedRange,
  by: StockMerge,
): Promise<readonly RowError[]> {
  const foreign = await foreignCounts(tx, range, by.source);
  if (by.forgets) await forgetUncounted(tx, range, by);
  const changed = await writeMovements(tx, range, by);
  if (changed > 0 && !by.allNew) await touchChanged(tx, range, by);
  await writeLevels(tx, range, by);
  return foreign;
}

const COUNTED = `FROM staged_stock k JOIN staged_variant s ON s.n = k.n
  LEFT JOIN stock_level l ON l.sku = s.sku AND l.location = k.location LEFT JOIN stock_owner w ON w.location = k.location`;
const OWNER = 'COALESCE(w.owner, l.source)';
/** Parameters: first and last number, source. */
const OWN = `k.n BETWEEN ? AND ? AND (${OWNER} IS NULL OR ${OWNER} = ?)`;
const CHANGED = `${OWN} AND (l.on_hand IS NULL OR l.on_hand <> k.on_hand)`;

function writeMovements(tx: Queries, range: StagedRange, by: StockMerge): Promise<number> {
  return tx.run(
    `INSERT INTO stock_movement (sku, location, before, after, cause, at)
     SELECT s.sku, k.location, l.on_hand, k.on_hand, CAST(? AS text), CAST(? AS text) ${COUNTED} WHERE ${CHANGED}`,
    [by.actor, by.at, range.first, range.last, by.source],
  );
}

async function touchChanged(tx: Queries, range: StagedRange, by: StockMerge): Promise<void> {
  await tx.run(
    `UPDATE variant SET seq = ? WHERE seq <> ? AND sku IN (SELECT s.sku ${COUNTED} WHERE ${CHANGED})`,
    [by.seq, by.seq, range.first, range.last, by.source],
  );
}

/** Every newer count renews `read_at`: a reservation waits for a count newer than the placing of its order. */
async function writeLevels(tx: Queries, range: StagedRange, by: StockMerge): Promise<void> {
  await tx.run(
    `INSERT INTO stock_level (sku, location, on_hand, source, read_at)
     SELECT s.sku, k.location, k.on_hand, CAST(? AS text), COALESCE(k.as_of, CAST(? AS text)) ${COUNTED} WHERE ${OWN}
     ON CONFLICT (sku, location) DO UPDATE SET on_hand = excluded.on_hand, source = excluded.source,
       read_at = CASE WHEN excluded.read_at > stock_level.read_at THEN excluded.read_at ELSE stock_level.read_at END
     WHERE excluded.on_hand <> stock_level.on_hand OR excluded.read_at > stock_level.read_at OR excluded.source <> stock_level.source`,
    [by.source, by.countedAt ?? by.at, range.first, range.last, by.source],
  );
}

async function forgetUncounted(tx: Queries, range: StagedRange, by: StockMerge): Promise<void> {
  const levels = await tx.all<{ sku: string; location: string }>(
    `SELECT l.sku, l.location FROM staged_variant s JOIN stock_level l ON l.sku = s.sku
     WHERE s.n BETWEEN ? AND ? AND l.source = ?
     AND NOT EXISTS (SELECT 1 FROM staged_stock k WHERE k.n = s.n AND k.location = l.location)`,
    [range.first, range.last, by.source],
  );
  const readings = levels.map((level) => ({ ...level, onHand: null }));
  await writeStock(tx, readings, { owner: by.source, cause: by.actor, at: by.at, seq: by.seq });
}

interface ForeignCount {
  readonly sku: string;
  readonly line: number | null;
  readonly location: string;
  readonly on_hand: number;
  readonly owner: string;
}

async function foreignCounts(tx: Queries, range: StagedRange, source: string): Promise<RowError[]> {
  const counts = await tx.all<ForeignCount>(
    `SELECT s.sku, s.line, k.location, k.on_hand, ${OWNER} AS owner ${COUNTED}
     WHERE k.n BETWEEN ? AND ? AND ${OWNER} <> ? ORDER BY k.n`,
    [range.first, range.last, source],
  );
  return counts.map((count) => ({
    line: count.line ?? 0,
    key: count.sku,
    code: 'stock_owned_elsewhere',
    reason: `The count of "${count.sku}" at "${count.location}" belongs to the source "${count.owner}"; ${count.on_hand} is not taken. Give this source a location of its own, or say \`countedBy\` of the location.`,
    severity: 'warning',
  }));
}
