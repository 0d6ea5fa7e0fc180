import { InvariantError } from '../domain/errors.js';
import type { Queries, ReadQueries } from './database.js';

/**
 * Takes the next number of the one increasing sequence of catalog and stock writes. The row lock makes writers take turns
 * until they commit, so a reader that has seen number n has seen everything up to n.
 */
export async function nextSequence(tx: Queries): Promise<number> {
  const row = await tx.get<{ value: number }>(
    'UPDATE catalog_clock SET value = value + 1 WHERE id = 1 RETURNING value',
  );
  if (!row) throw new InvariantError('the catalog clock is missing');
  return row.value;
}

/** The number of the latest committed write. */
export async function currentSequence(queries: ReadQueries): Promise<number> {
  const row = await queries.get<{ value: number }>('SELECT value FROM catalog_clock WHERE id = 1');
  return row?.value ?? 0;
}
