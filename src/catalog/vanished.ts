import { createHash } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { breathe } from './breathe.js';
import type { FieldChange, Stamp } from './history.js';
import { writeHistory } from './history.js';
import type { ImportRun } from './import-run.js';
import { keys } from './keys.js';

/** Ids looked at per statement: whatever the size of the catalog, others have their turn in between. */
const CHUNK = 2_000;

/** Variants of a source that its new file does not have. */
export interface Vanished {
  /** Variants of the source that have not ended. */
  readonly known: number;
  readonly vanished: number;
  /** Fingerprint of the vanished SKUs: the same again means that two files say the same. */
  readonly digest: string;
}

/** Counts what would end if the staged rows were merged. */
export async function findVanished(queries: ReadQueries, run: ImportRun): Promise<Vanished> {
  const hash = createHash('sha1');
  let vanished = 0;
  let known = 0;
  for await (const range of idRanges(queries, 'variant')) {
    const counted = await queries.get<{ n: number }>(
      `SELECT COUNT(*) AS n FROM variant WHERE id BETWEEN ? AND ? AND source = ? AND status <> 'ended'`,
      [...range, run.source],
    );
    known += counted?.n ?? 0;
    const gone = await vanishedIn(queries, run, range);
    vanished += gone.length;
    for (const row of gone) hash.update(`${row.sku}\u0000`);
  }
  return { known, vanished, digest: hash.digest('base64url').slice(0, 16) };
}

/**
 * Ends the variants that the file does not have any more, and products of which nothing is left in it. Ended ones stay
 * stored: they come back when a later file has them again.
 */
export async function endVanished(
  tx: Queries,
  run: ImportRun,
  stamp: Stamp,
): Promise<{ readonly ended: number; readonly productsEnded: number }> {
  let ended = 0;
  for await (const range of idRanges(tx, 'variant')) {
    const gone = await vanishedIn(tx, run, range);
    if (gone.length === 0) continue;
    ended += await tx.run(
      `UPDATE variant SET status = 'ended', ended_at = ?, seq = ?
       WHERE id IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`,
      [stamp.at, stamp.seq, keys(gone.map((row) => row.id))],
    );
    await writeHistory(tx, gone.map(endedChange), stamp);
  }
  let productsEnded = 0;
  for await (const range of idRanges(tx, 'product'))
    productsEnded += await endProducts(tx, run, { stamp, range });
  return { ended, productsEnded };
}

/** The hash is blanked, so that the same product is written again when it comes back. */
async function endProducts(
  tx: Queries,
  run: ImportRun,
  { stamp, range }: { readonly stamp: Stamp; readonly range: IdRange },
): Promise<number> {
  return tx.run(
    `UPDATE product SET status = 'ended', body_hash = '', seq = ?
     WHERE id BETWEEN ? AND ? AND source = ? AND status <> 'ended'
     AND NOT EXISTS (SELECT 1 FROM staged_product s WHERE s.run = ? AND s.product_key = product.product_key)`,
    [stamp.seq, ...range, run.source, run.number],
  );
}

/** First and last id. */
type IdRange = readonly [number, number];

async function* idRanges(queries: ReadQueries, table: 'product' | 'variant'): AsyncGenerator<IdRange> {
  const ids = await queries.get<{ first: number | null; last: number | null }>(
    `SELECT (SELECT MIN(id) FROM ${table}) AS first, (SELECT MAX(id) FROM ${table}) AS last`,
  );
  for (let first = ids?.first ?? 1; first <= (ids?.last ?? 0); first += CHUNK) {
    yield [first, first + CHUNK - 1];
    await breathe();
  }
}

interface VanishedVariant {
  readonly id: number;
  readonly sku: string;
  readonly status: string;
  readonly product_key: string;
}

function vanishedIn(queries: ReadQueries, run: ImportRun, range: IdRange): Promise<VanishedVariant[]> {
  return queries.all<VanishedVariant>(
    `SELECT v.id, v.sku, v.status, p.product_key FROM variant v JOIN product p ON p.id = v.product_id
     WHERE v.id BETWEEN ? AND ? AND v.source = ? AND v.status <> 'ended'
     AND NOT EXISTS (SELECT 1 FROM staged_variant s WHERE s.run = ? AND s.sku = v.sku)
     ORDER BY v.id`,
    [...range, run.source, run.number],
  );
}

function endedChange(row: VanishedVariant): FieldChange {
  return {
    sku: row.sku,
    product_key: row.product_key,
    lane: 'status',
    field: 'status',
    old: JSON.stringify(row.status),
    new: '"ended"',
  };
}
