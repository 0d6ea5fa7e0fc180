import type { Queries } from '../db/database.js';
import { forgetSummaries } from './forget-summaries.js';
import type { ImportRun } from './import-run.js';
import { keys } from './keys.js';
import type { StagedRange } from './merge-products.js';
import type { RowError } from './readers/reader.js';

interface Foreign {
  readonly n: number;
  readonly line: number | null;
  readonly name: string;
  readonly product_key: string;
  readonly owner: string;
}

/**
 * Takes staged products that another source brought, with their variants, out of staging and reports each: two shops may
 * number different products alike. What has ended there may be taken over. Answers the complaints, one per variant.
 */
export async function rejectForeignProducts(
  tx: Queries,
  range: StagedRange,
  run: ImportRun,
): Promise<RowError[]> {
  const products = await tx.all<Foreign>(
    `SELECT s.n, s.line, s.product_key AS name, s.product_key, p.source AS owner
     FROM staged_product s JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? AND p.source <> ? AND p.status <> 'ended' ORDER BY s.n`,
    [range.first, range.last, run.source],
  );
  if (products.length === 0) return [];
  const names = JSON.stringify(products.map(({ product_key }) => ({ k: product_key })));
  const owners = new Map(products.map((row) => [row.product_key, row.owner]));
  const variants = await tx.all<Omit<Foreign, 'owner'>>(
    `SELECT n, line, sku AS name, product_key FROM staged_variant
     WHERE run = ? AND product_key IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })}) ORDER BY n`,
    [run.number, names],
  );
  await removeRows(tx, 'staged_variant', variants);
  await removeRows(tx, 'staged_product', products);
  return variants.map((row) => ({
    line: row.line ?? 0,
    key: row.name,
    code: 'product_of_other_source',
    reason: `The product "${row.product_key}" comes from the source "${owners.get(row.product_key)}"; the variant "${row.name}" is not taken from this one. Give the products different ids, or make this a supplemental source.`,
    severity: 'error',
  }));
}

/** Takes staged variants whose SKU another source brought out of staging, each with a complaint. */
export async function rejectForeignVariants(
  tx: Queries,
  range: StagedRange,
  run: ImportRun,
): Promise<RowError[]> {
  const variants = await tx.all<Foreign>(
    `SELECT s.n, s.line, s.sku AS name, s.product_key, v.source AS owner
     FROM staged_variant s JOIN variant v ON v.sku = s.sku
     WHERE s.n BETWEEN ? AND ? AND v.source <> ? AND v.status <> 'ended' ORDER BY s.n`,
    [range.first, range.last, run.source],
  );
  if (variants.length === 0) return [];
  await removeRows(tx, 'staged_variant', variants);
  await forgetSummaries(
    tx,
    run,
    variants.map((row) => row.product_key),
  );
  return variants.map((row) => ({
    line: row.line ?? 0,
    key: row.name,
    code: 'sku_of_other_source',
    reason: `The SKU "${row.name}" belongs to the source "${row.owner}". Give this variant a SKU of its own, or make this a supplemental source.`,
    severity: 'error',
  }));
}

async function removeRows(tx: Queries, table: string, rows: readonly { n: number }[]): Promise<void> {
  await tx.run(`DELETE FROM ${table} WHERE n IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`, [
    keys(rows.map((row) => row.n)),
  ]);
}
