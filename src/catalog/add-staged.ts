import type { Parameter, Queries } from '../db/database.js';
import type { ImportRun } from './import-run.js';
import type { StagedProduct, StagedVariant } from './staged-rows.js';

const PRODUCT_COLUMNS = [
  'n',
  'line',
  'product_key',
  'status',
  'body',
  'body_hash',
  'summary',
  'variants',
] as const satisfies readonly (keyof StagedProduct)[];

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
] as const satisfies readonly (keyof StagedVariant)[];

/** Stages products; answers how many were new in this run. The first piece of a product gives its texts. */
export function addProducts(
  tx: Queries,
  run: ImportRun,
  products: readonly StagedProduct[],
): Promise<number> {
  return addRows(
    tx,
    { run, table: 'staged_product', columns: PRODUCT_COLUMNS },
    products.map((product) => PRODUCT_COLUMNS.map((column) => product[column])),
  );
}

/** Stages variants; answers how many. One whose SKU is staged already is left out. */
export function addVariants(
  tx: Queries,
  run: ImportRun,
  variants: readonly StagedVariant[],
): Promise<number> {
  return addRows(
    tx,
    { run, table: 'staged_variant', columns: VARIANT_COLUMNS },
    variants.map((variant) => VARIANT_COLUMNS.map((column) => variant[column])),
  );
}

const ROWS_PER_STATEMENT = 100;

/** Bound row by row: these rows are the widest we write, and unfolding them from JSON costs SQLite three times as much. */
async function addRows(
  tx: Queries,
  into: { readonly run: ImportRun; readonly table: string; readonly columns: readonly string[] },
  rows: readonly (readonly Parameter[])[],
): Promise<number> {
  const marks = `(?${', ?'.repeat(into.columns.length)})`;
  let added = 0;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const batch = rows.slice(from, from + ROWS_PER_STATEMENT);
    added += await tx.run(
      `INSERT INTO ${into.table} (run, ${into.columns.join(', ')})
       VALUES ${batch.map(() => marks).join(', ')} ON CONFLICT DO NOTHING`,
      batch.flatMap((row) => [into.run.number, ...row]),
    );
  }
  return added;
}
