import type { Parameter, Queries } from '../db/database.js';
import type { ImportRun } from './import-run.js';
import type { StagedProduct, StagedVariant } from './staged-rows.js';

/** Stages products; answers how many were new in this run. The first piece of a product gives its texts. */
export function addProducts(
  tx: Queries,
  run: ImportRun,
  products: readonly StagedProduct[],
): Promise<number> {
  return addRows(tx, PRODUCTS, products, (product) => [
    run.number,
    product.n,
    product.line,
    product.product_key,
    product.status,
    product.body,
    product.body_hash,
    product.summary,
    product.variants,
  ]);
}

/** Stages variants with their stock; answers how many. One whose SKU is staged already is left out. */
export async function addVariants(
  tx: Queries,
  run: ImportRun,
  variants: readonly StagedVariant[],
): Promise<number> {
  const added = await addRows(tx, VARIANTS, variants, (variant) => [
    run.number,
    variant.n,
    variant.line,
    variant.product_key,
    variant.sku,
    variant.position,
    variant.status,
    variant.content,
    variant.offer,
    variant.content_hash,
    variant.offer_hash,
  ]);
  const stock = variants.flatMap((variant) => variant.stock);
  await addRows(tx, STOCK, stock, (row) => [row.n, row.location, row.on_hand]);
  return added;
}

const PRODUCTS = table(
  'staged_product',
  'run, n, line, product_key, status, body, body_hash, summary, variants',
);
const VARIANTS = table(
  'staged_variant',
  'run, n, line, product_key, sku, position, status, content, offer, content_hash, offer_hash',
);
const STOCK = table('staged_stock', 'n, location, on_hand');

/** Beginning of an INSERT and the marks of one row. */
interface Table {
  readonly insert: string;
  readonly marks: string;
}

function table(name: string, columns: string): Table {
  const marks = columns.split(', ').map(() => '?');
  return { insert: `INSERT INTO ${name} (${columns}) VALUES `, marks: `(${marks.join(', ')})` };
}

const ROWS_PER_STATEMENT = 100;

/** Bound row by row: these rows are the widest we write, and unfolding them from JSON costs SQLite three times as much. */
async function addRows<Row>(
  tx: Queries,
  { insert, marks }: Table,
  rows: readonly Row[],
  values: (row: Row) => readonly Parameter[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const batch = rows.slice(from, from + ROWS_PER_STATEMENT);
    const sql = `${insert}${Array(batch.length).fill(marks).join(', ')} ON CONFLICT DO NOTHING`;
    added += await tx.run(sql, batch.flatMap(values));
  }
  return added;
}
