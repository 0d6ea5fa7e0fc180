import type { Queries } from '../db/database.js';
import { withBundles } from '../stock/bundle-rows.js';
import { keys } from './keys.js';

/** Gives variants, and the bundles they are in, the number of a write, so that every channel looks at them again. Unknown SKUs are passed over. */
export async function touchVariants(tx: Queries, skus: readonly string[], seq: number): Promise<number> {
  if (skus.length === 0) return 0;
  const touched = await withBundles(tx, skus);
  return tx.run(
    `UPDATE variant SET seq = ? WHERE seq <> ? AND sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
    [seq, seq, keys(touched)],
  );
}

/** The same for all variants of products, by the products' own ids of ours. */
export async function touchProducts(
  tx: Queries,
  productIds: readonly number[],
  seq: number,
): Promise<number> {
  if (productIds.length === 0) return 0;
  return tx.run(
    `UPDATE variant SET seq = ? WHERE seq <> ? AND product_id IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`,
    [seq, seq, keys(productIds)],
  );
}
