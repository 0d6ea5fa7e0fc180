import type { Queries } from '../db/database.js';
import type { ImportRun } from './import-run.js';
import type { StagedProduct, StagedVariant } from './staged-rows.js';

/** Stages products; answers how many were new in this run. The first piece of a product gives its texts. */
export async function addProducts(
  tx: Queries,
  run: ImportRun,
  products: readonly StagedProduct[],
): Promise<number> {
  const columns = {
    n: 'integer',
    line: 'integer',
    product_key: 'text',
    status: 'text',
    body: 'text',
    body_hash: 'text',
    summary: 'text',
    variants: 'integer',
  } as const;
  return tx.run(
    `INSERT INTO staged_product (n, run, line, product_key, status, body, body_hash, summary, variants)
     SELECT r.n, CAST(? AS integer), r.line, r.product_key, r.status, r.body, r.body_hash, r.summary, r.variants
     FROM ${tx.unfold('r', columns)} WHERE true ON CONFLICT DO NOTHING`,
    [run.number, JSON.stringify(products)],
  );
}

const VARIANT_COLUMNS = [
  'n',
  'line',
  'product_key',
  'sku',
  'position',
  'status',
  'content',
  'offer',
  'content_hash',
  'offer_hash',
  'stock',
] as const;
const ROWS_PER_STATEMENT = 100;

// Bound row by row: these rows are the widest we write, and unfolding them from JSON costs SQLite three times as much.
/** Stages variants; answers how many. One whose SKU is staged already is left out. */
export async function addVariants(
  tx: Queries,
  run: ImportRun,
  variants: readonly StagedVariant[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < variants.length; from += ROWS_PER_STATEMENT) {
    const rows = variants.slice(from, from + ROWS_PER_STATEMENT);
    const marks = `(?${', ?'.repeat(VARIANT_COLUMNS.length)})`;
    added += await tx.run(
      `INSERT INTO staged_variant (run, ${VARIANT_COLUMNS.join(', ')})
       VALUES ${rows.map(() => marks).join(', ')} ON CONFLICT DO NOTHING`,
      rows.flatMap((row) => [run.number, ...VARIANT_COLUMNS.map((column) => row[column])]),
    );
  }
  return added;
}
