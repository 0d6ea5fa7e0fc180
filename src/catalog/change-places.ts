import type { ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

interface Change {
  readonly id: number;
  readonly at: Instant;
}

/**
 * The first entry of the catalog's history written at or after an instant, found by halving the range of its numbers: entries are numbered in
 * the order of time, and an index of instants would cost every import. Null: nothing was written since.
 */
export async function firstChangeSince(queries: ReadQueries, since: Instant): Promise<number | null> {
  const bounds = await queries.get<{ low: number | null; high: number | null }>(
    'SELECT (SELECT MIN(id) FROM catalog_change) AS low, (SELECT MAX(id) FROM catalog_change) AS high',
  );
  if (bounds?.low == null || bounds.high === null) return null;
  let low = bounds.low;
  let high = bounds.high + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const change = await changeAt(queries, middle);
    if (change === undefined || change.at >= since) high = middle;
    else low = change.id + 1;
  }
  return low > bounds.high ? null : low;
}

/** The entry with this number, or the next one there is. */
function changeAt(queries: ReadQueries, id: number): Promise<Change | undefined> {
  return queries.get<Change>('SELECT id, at FROM catalog_change WHERE id >= ? ORDER BY id LIMIT 1', [id]);
}
