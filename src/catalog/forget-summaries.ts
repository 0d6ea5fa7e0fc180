import type { Queries } from '../db/database.js';
import type { ImportRun } from './import-run.js';
import { keys } from './keys.js';

/** Marks products whose summary does not follow from one piece of the file. */
export async function forgetSummaries(
  tx: Queries,
  run: ImportRun,
  productKeys: readonly string[],
): Promise<void> {
  if (productKeys.length === 0) return;
  await tx.run(
    `UPDATE staged_product SET summary = NULL WHERE run = ?
     AND product_key IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
    [run.number, keys(productKeys)],
  );
}
