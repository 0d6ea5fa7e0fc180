import type { Queries } from '../db/database.js';
import type { SourceProduct } from '../domain/product.js';
import type { ImportRun } from './import-run.js';
import type { RowError } from './readers/reader.js';
import type { StagedProduct } from './staged-rows.js';

/** Pieces of the same product inside one batch become one. */
export function joined(products: readonly SourceProduct[]): readonly SourceProduct[] {
  const pieces = new Map<string, SourceProduct>();
  for (const product of products) {
    const known = pieces.get(product.product.id);
    pieces.set(
      product.product.id,
      known ? { ...known, variants: [...known.variants, ...product.variants] } : product,
    );
  }
  return pieces.size === products.length ? products : [...pieces.values()];
}

/** Variants that products of this batch already had: only those whose rows do not stand together have any. */
export async function countBefore(
  tx: Queries,
  run: ImportRun,
  batch: { readonly products: readonly StagedProduct[]; readonly added: number },
  complaints: RowError[],
): Promise<Map<string, number>> {
  const before = new Map<string, number>();
  if (batch.added === batch.products.length) return before;
  const known = await tx.all<{ product_key: string; n: number; variants: number; body_hash: string }>(
    `SELECT product_key, n, variants, body_hash FROM staged_product
     WHERE run = ? AND product_key IN (SELECT product_key FROM ${tx.unfold('r', { product_key: 'text' })})`,
    [run.number, JSON.stringify(batch.products.map(({ product_key }) => ({ product_key })))],
  );
  const staged = new Map(known.map((row) => [row.product_key, row]));
  const grown: { product_key: string; variants: number }[] = [];
  for (const product of batch.products) {
    const first = staged.get(product.product_key);
    if (first === undefined || first.n === product.n) continue;
    before.set(product.product_key, first.variants);
    grown.push({ product_key: product.product_key, variants: first.variants + product.variants });
    if (statesMore(product) && first.body_hash !== product.body_hash) complaints.push(repeated(product));
  }
  await tx.run(
    `UPDATE staged_product SET variants = r.variants, summary = NULL
     FROM ${tx.unfold('r', { product_key: 'text', variants: 'integer' })}
     WHERE staged_product.run = ? AND staged_product.product_key = r.product_key`,
    [JSON.stringify(grown), run.number],
  );
  return before;
}

/** Whether a piece says more of its product than which one it is. */
function statesMore(product: StagedProduct): boolean {
  const members = Object.keys(JSON.parse(product.body) as object);
  return members.some((name) => name !== 'id' && name !== 'status');
}

function repeated(product: StagedProduct): RowError {
  return {
    line: product.line ?? 0,
    key: product.product_key,
    code: 'product_repeated',
    reason: `The product "${product.product_key}" was already given with other texts. The first ones are kept; the variants are joined.`,
    severity: 'warning',
  };
}
