import type { Database, Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import type { Instant } from '../domain/instant.js';
import { keys } from './keys.js';
import { touchVariants } from './touch-variants.js';

/** A count of one variant at one location. */
export interface VariantReading {
  readonly sku: string;
  readonly location: string;
  /** Whole units; null: nobody counts the variant there any more. */
  readonly onHand: number | null;
  /** When this count was taken, if before the others. */
  readonly asOf?: Instant;
}

/** Who states the counts, why and when. */
export interface ReadingOrigin {
  /** The source that owns the counts at these locations, `main-shop`. */
  readonly owner: string;
  /** What brought them, `import:<id>`, `operator:<name>`. */
  readonly cause: string;
  readonly at: Instant;
  /** When the counts were taken, if before `at`. */
  readonly countedAt?: Instant;
}

/** What became of readings. Every reading is in exactly one of these. */
export interface StockOutcome {
  /** Counts that differ from before. */
  readonly changed: number;
  readonly unchanged: number;
  /** The changed ones, with what they were; null: nobody had counted there. */
  readonly moved: readonly (VariantReading & { readonly before: number | null })[];
  /** Readings not taken, because a newer count is known. */
  readonly older: readonly VariantReading[];
  /** SKUs the catalog does not have. */
  readonly unknown: readonly string[];
  /** Readings not taken, because another source owns the count. */
  readonly foreign: readonly (VariantReading & { readonly owner: string })[];
}

const BATCH = 1_000;

/**
 * Takes counts of stock: changed ones go into the ledger with their movement, and the variants take the next sequence
 * number. A location's count of a variant belongs to the owner the configuration states, else to the source that stated it first; readings of
 * others are handed back, and so are those that are older than what is known.
 */
export async function setStock(
  database: Database,
  readings: readonly VariantReading[],
  origin: ReadingOrigin,
): Promise<StockOutcome & { readonly seq: number }> {
  return database.transaction(async (tx) => {
    const seq = await nextSequence(tx);
    const outcomes: StockOutcome[] = [];
    for (let from = 0; from < readings.length; from += BATCH) {
      const batch = readings.slice(from, from + BATCH);
      const unknown = await unknownSkus(tx, batch);
      const missing = new Set(unknown);
      const known = batch.filter((reading) => !missing.has(reading.sku));
      outcomes.push({ ...(await writeStock(tx, known, { ...origin, seq })), unknown });
    }
    return { ...sum(outcomes), seq };
  });
}

/** Notes that a source told every count that had changed: the ones it did not mention are as old as this reading. Never goes back. */
export async function noteReading(queries: Queries, source: string, asOf: Instant): Promise<void> {
  await queries.run(
    `INSERT INTO stock_reading (source, as_of) VALUES (?, ?)
     ON CONFLICT (source) DO UPDATE SET as_of = excluded.as_of WHERE excluded.as_of > stock_reading.as_of`,
    [source, asOf],
  );
}

function sum(outcomes: readonly StockOutcome[]): StockOutcome {
  return {
    changed: outcomes.reduce((total, outcome) => total + outcome.changed, 0),
    unchanged: outcomes.reduce((total, outcome) => total + outcome.unchanged, 0),
    unknown: outcomes.flatMap((outcome) => outcome.unknown),
    foreign: outcomes.flatMap((outcome) => outcome.foreign),
    moved: outcomes.flatMap((outcome) => outcome.moved),
    older: outcomes.flatMap((outcome) => outcome.older),
  };
}

async function unknownSkus(tx: Queries, readings: readonly VariantReading[]): Promise<string[]> {
  const skus = [...new Set(readings.map((reading) => reading.sku))];
  const known = await tx.all<{ sku: string }>(
    `SELECT sku FROM variant WHERE sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
    [keys(skus)],
  );
  const names = new Set(known.map((record) => record.sku));
  return skus.filter((sku) => !names.has(sku));
}

interface Compared {
  readonly sku: string;
  readonly location: string;
  readonly on_hand: number | null;
  readonly as_of: string | null;
  readonly before: number | null;
  readonly owner: string | null;
  readonly read_at: string | null;
}

/**
 * Writes readings of known SKUs inside a transaction that has taken its number. At most a few thousand at a time; the
 * last of several readings of the same place counts.
 */
export async function writeStock(
  tx: Queries,
  readings: readonly VariantReading[],
  origin: ReadingOrigin & { readonly seq: number },
): Promise<Omit<StockOutcome, 'unknown'>> {
  if (readings.length === 0) return { changed: 0, unchanged: 0, foreign: [], moved: [], older: [] };
  const compared = await compare(tx, readings);
  const own: Compared[] = [];
  const older: VariantReading[] = [];
  const foreign: (VariantReading & { owner: string })[] = [];
  for (const row of compared) {
    const countedAt = row.as_of ?? origin.countedAt ?? origin.at;
    const ours = row.owner === null || row.owner === origin.owner;
    if (ours && row.read_at !== null && countedAt < row.read_at)
      older.push({ sku: row.sku, location: row.location, onHand: row.on_hand });
    else if (ours) own.push(row);
    else foreign.push({ sku: row.sku, location: row.location, onHand: row.on_hand, owner: row.owner });
  }
  const changed = own.filter((row) => row.on_hand !== row.before);
  await keepLevels(tx, own, origin);
  await writeMovements(tx, changed, origin);
  await touchVariants(
    tx,
    changed.map((row) => row.sku),
    origin.seq,
  );
  const repeated = readings.length - compared.length;
  return {
    changed: changed.length,
    unchanged: own.length - changed.length + repeated,
    foreign,
    moved: changed.map(({ sku, location, on_hand, before }) => ({ sku, location, onHand: on_hand, before })),
    older,
  };
}

async function compare(tx: Queries, readings: readonly VariantReading[]): Promise<Compared[]> {
  const latest = new Map<string, VariantReading>();
  for (const reading of readings) latest.set(`${reading.sku}\u0000${reading.location}`, reading);
  const parameter = JSON.stringify(
    [...latest.values()].map(({ sku, location, onHand, asOf }) => ({
      sku,
      location,
      on_hand: onHand,
      as_of: asOf ?? null,
    })),
  );
  return tx.all<Compared>(
    `SELECT r.sku, r.location, r.on_hand, r.as_of, l.on_hand AS before, COALESCE(w.owner, l.source) AS owner, l.read_at
     FROM ${tx.unfold('r', { sku: 'text', location: 'text', on_hand: 'integer', as_of: 'text' })}
     LEFT JOIN stock_level l ON l.sku = r.sku AND l.location = r.location LEFT JOIN stock_owner w ON w.location = r.location`,
    [parameter],
  );
}

/** Every newer count renews `read_at`: a reservation waits for a count newer than the placing of its order. */
async function keepLevels(tx: Queries, rows: readonly Compared[], origin: ReadingOrigin): Promise<void> {
  const counted = rows.filter((row) => row.on_hand !== null);
  if (counted.length > 0) {
    await tx.run(
      `INSERT INTO stock_level (sku, location, on_hand, source, read_at)
       SELECT r.sku, r.location, r.on_hand, CAST(? AS text), COALESCE(r.as_of, CAST(? AS text))
       FROM ${tx.unfold('r', { sku: 'text', location: 'text', on_hand: 'integer', as_of: 'text' })} WHERE true
       ON CONFLICT (sku, location) DO UPDATE SET on_hand = excluded.on_hand, source = excluded.source,
         read_at = CASE WHEN excluded.read_at > stock_level.read_at THEN excluded.read_at ELSE stock_level.read_at END`,
      [origin.owner, origin.countedAt ?? origin.at, JSON.stringify(counted)],
    );
  }
  const forgotten = rows.filter((row) => row.on_hand === null && row.before !== null);
  if (forgotten.length > 0) {
    await tx.run(
      `DELETE FROM stock_level WHERE (sku, location) IN
         (SELECT sku, location FROM ${tx.unfold('r', { sku: 'text', location: 'text' })})`,
      [JSON.stringify(forgotten)],
    );
  }
}

async function writeMovements(tx: Queries, rows: readonly Compared[], origin: ReadingOrigin): Promise<void> {
  if (rows.length === 0) return;
  const columns = { sku: 'text', location: 'text', before: 'integer', on_hand: 'integer' } as const;
  await tx.run(
    `INSERT INTO stock_movement (sku, location, before, after, cause, at)
     SELECT r.sku, r.location, r.before, r.on_hand, CAST(? AS text), CAST(? AS text) FROM ${tx.unfold('r', columns)}`,
    [origin.cause, origin.at, JSON.stringify(rows)],
  );
}
