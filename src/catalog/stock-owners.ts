import type { Database } from '../db/database.js';

/** Who states the counts of a location: a source, or a name counts are recorded under. */
export interface StockOwner {
  readonly location: string;
  readonly owner: string;
}

/**
 * Makes the stated owners those of the configuration. A location without one belongs, variant by variant, to whoever counted there first. Counts of a
 * former owner stay until the new one states its own.
 */
export async function stateOwners(database: Database, owners: readonly StockOwner[]): Promise<void> {
  const known = await database.all<StockOwner>('SELECT location, owner FROM stock_owner ORDER BY location');
  const wanted = [...owners].sort((a, b) => (a.location < b.location ? -1 : 1));
  if (textOf(known) === textOf(wanted)) return;
  await database.transaction(async (tx) => {
    await tx.run('DELETE FROM stock_owner');
    if (wanted.length > 0)
      await tx.insert({ table: 'stock_owner', columns: { location: 'text', owner: 'text' } }, wanted);
  });
}

function textOf(owners: readonly StockOwner[]): string {
  return JSON.stringify(owners.map(({ location, owner }) => [location, owner]));
}
