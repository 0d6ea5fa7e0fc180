import { createHash } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { breathe } from './breathe.js';
import type { FieldChange, Stamp } from './history.js';
import { writeHistory } from './history.js';
import type { ImportRun } from './import-run.js';
import { keys } from './store.js';

const PAGE = 2_000;

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
  for await (const page of vanishedPages(queries, run)) {
    vanished += page.length;
    for (const row of page) hash.update(`${row.sku}\u0000`);
    await breathe();
  }
  const known = await queries.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM variant WHERE source = ? AND status <> 'ended'`,
    [run.source],
  );
  return { known: known?.n ?? 0, vanished, digest: hash.digest('base64url').slice(0, 16) };
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
  for await (const page of vanishedPages(tx, run)) {
    ended += await tx.run(
      `UPDATE variant SET status = 'ended', ended_at = ?, seq = ?
       WHERE id IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`,
      [stamp.at, stamp.seq, keys(page.map((row) => row.id))],
    );
    await writeHistory(tx, page.map(endedChange), stamp);
    await breathe();
  }
  return { ended, productsEnded: await endProducts(tx, run, stamp) };
}

/** The hash is blanked, so that the same product is written again when it comes back. */
async function endProducts(tx: Queries, run: ImportRun, stamp: Stamp): Promise<number> {
  return tx.run(
    `UPDATE product SET status = 'ended', body_hash = '', seq = ?
     WHERE source = ? AND status <> 'ended'
     AND NOT EXISTS (SELECT 1 FROM staged_product s WHERE s.run = ? AND s.product_key = product.product_key)`,
    [stamp.seq, run.source, run.number],
  );
}

interface VanishedVariant {
  readonly id: number;
  readonly sku: string;
  readonly status: string;
  readonly product_key: string;
}

async function* vanishedPages(queries: ReadQueries, run: ImportRun): AsyncGenerator<VanishedVariant[]> {
  for (let after = 0; ; ) {
    const page: VanishedVariant[] = await queries.all<VanishedVariant>(
      `SELECT v.id, v.sku, v.status, p.product_key FROM variant v JOIN product p ON p.id = v.product_id
       WHERE v.id > ? AND v.source = ? AND v.status <> 'ended'
       AND NOT EXISTS (SELECT 1 FROM staged_variant s WHERE s.run = ? AND s.sku = v.sku)
       ORDER BY v.id LIMIT ?`,
      [after, run.source, run.number, PAGE],
    );
    if (page.length > 0) yield page;
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
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
