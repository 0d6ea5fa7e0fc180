import type { Queries } from '../db/database.js';
import type { JsonObject } from '../domain/json.js';
import { type FieldChange, fieldChanges, type Stamp, writeHistory } from './history.js';
import { touchProducts } from './touch-variants.js';

/** Rows of staging with numbers from `first` to `last`. */
export interface StagedRange {
  readonly first: number;
  readonly last: number;
}

/** The source whose rows are merged; null: rows of all sources, which stay theirs. */
export interface MergeOwner {
  readonly source: string | null;
}

/** What a merge of products did. One whose summary alone changed is not counted: its variants are. */
export interface MergedProducts {
  readonly productsCreated: number;
  readonly productsChanged: number;
}

interface ChangedProduct {
  readonly id: number;
  readonly product_key: string;
  readonly old_body: string;
  readonly new_body: string;
  readonly old_status: string;
  readonly new_status: string;
}

const DIFFERS = `(s.body_hash <> p.body_hash OR s.status <> p.status
  OR (s.summary IS NOT NULL AND s.summary <> COALESCE(p.summary, '')))`;

/**
 * Merges staged products of one source: new ones are added, changed ones rewritten with their history, and the variants
 * of changed ones take the number of the write. Unchanged ones are not touched.
 */
export async function mergeProducts(
  tx: Queries,
  range: StagedRange,
  by: Stamp & MergeOwner,
): Promise<MergedProducts> {
  let productsCreated = 0;
  if (by.source !== null) {
    productsCreated = await tx.run(
      `INSERT INTO product (product_key, source, status, body, base_body, body_hash, summary, seq)
     SELECT s.product_key, CAST(? AS text), s.status, s.body, s.base_body, s.body_hash, s.summary, CAST(? AS bigint)
     FROM staged_product s LEFT JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? AND p.id IS NULL ORDER BY s.n`,
      [by.source, by.seq, range.first, range.last],
    );
  }
  const changed = await tx.all<ChangedProduct>(
    `SELECT p.id, p.product_key, p.body AS old_body, s.body AS new_body, p.status AS old_status,
       s.status AS new_status
     FROM staged_product s JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? AND ${DIFFERS}`,
    [range.first, range.last],
  );
  if (changed.length === 0) return { productsCreated, productsChanged: 0 };
  await tx.run(
    `UPDATE product AS p SET body = s.body, base_body = s.base_body, body_hash = s.body_hash, status = s.status,
       summary = COALESCE(s.summary, p.summary), source = COALESCE(CAST(? AS text), p.source), seq = ?
     FROM staged_product s
     WHERE s.n BETWEEN ? AND ? AND s.product_key = p.product_key AND ${DIFFERS}`,
    [by.source, by.seq, range.first, range.last],
  );
  await writeHistory(tx, changed.flatMap(changesOf), by);
  await touchProducts(
    tx,
    changed.map((row) => row.id),
    by.seq,
  );
  return { productsCreated, productsChanged: changed.filter(saysOtherwise).length };
}

function saysOtherwise(row: ChangedProduct): boolean {
  return row.old_body !== row.new_body || row.old_status !== row.new_status;
}

function changesOf(row: ChangedProduct): FieldChange[] {
  const changes = fieldChanges(withoutStatus(row.old_body), withoutStatus(row.new_body)).map(
    (change): FieldChange => ({ sku: null, product_key: row.product_key, lane: 'product', ...change }),
  );
  if (row.old_status === row.new_status) return changes;
  return [
    ...changes,
    {
      sku: null,
      product_key: row.product_key,
      lane: 'status',
      field: 'status',
      old: JSON.stringify(row.old_status),
      new: JSON.stringify(row.new_status),
    },
  ];
}

/** The status has a column and a lane of its own. */
function withoutStatus(body: string): JsonObject {
  const { status: _, ...product } = JSON.parse(body) as JsonObject;
  return product;
}
