import type { Queries } from '../db/database.js';
import { breathe } from './breathe.js';
import type { ImportRun } from './import-run.js';
import type { StagedRange } from './merge-products.js';

const CHUNK = 1_000;

/** Walks the staged rows of a run in ranges of at most a thousand; others have their turn in between. */
export async function* stagedRanges(
  tx: Queries,
  table: 'staged_product' | 'staged_variant',
  run: ImportRun,
): AsyncGenerator<StagedRange> {
  for (let first = run.first; ; ) {
    const next = await tx.get<{ n: number | null }>(
      `SELECT MIN(n) AS n FROM ${table} WHERE n BETWEEN ? AND ?`,
      [first, run.last],
    );
    if (next?.n === null || next?.n === undefined) return;
    const last = Math.min(next.n + CHUNK - 1, run.last);
    yield { first: next.n, last };
    await breathe();
    first = last + 1;
  }
}
