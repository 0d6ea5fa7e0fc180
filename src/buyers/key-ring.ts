import { randomBytes } from 'node:crypto';
import type { Sealer } from '../channel/credentials.js';
import type { Database } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import type { Migration } from '../db/migrations/migration.js';
import type { Clock } from '../domain/instant.js';

/**
 * The keys of buyers, one for each order, kept apart from what they open: in a database of their own whose backups live at most a week. A key that is
 * destroyed makes its buyer unreadable everywhere, in backups of the main database too.
 */
export interface KeyRing {
  /** Keys of these places, made where there was none; a destroyed one is not made again and is left out. */
  make(places: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Keys of these places; those that never were, or were destroyed, are left out. */
  read(places: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Destroys keys for good: nothing is sealed for these places any more either. */
  destroy(places: readonly string[]): Promise<void>;
}

const KEY_BYTES = 32;

/** The table of the ring, in whatever database it is. */
export const KEY_RING_TABLES: readonly Migration[] = [
  {
    name: 'key-ring-0001',
    statements: () => [
      // sealed NULL: the key was destroyed
      'CREATE TABLE IF NOT EXISTS buyer_key (place TEXT PRIMARY KEY, sealed TEXT, at TEXT NOT NULL)',
    ],
  },
];

/** The ring in a database, its keys sealed with the house's key. */
export async function keyRing(database: Database, master: Sealer, clock: Clock): Promise<KeyRing> {
  await migrate(database, { migrations: KEY_RING_TABLES, table: 'key_ring_migration' });
  const read = async (places: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
    if (places.length === 0) return new Map();
    const rows = await database.all<{ place: string; sealed: string }>(
      `SELECT place, sealed FROM buyer_key WHERE sealed IS NOT NULL AND place IN (SELECT place FROM ${database.unfold('r', { place: 'text' })})`,
      [placesText(places)],
    );
    return new Map(rows.map((row) => [row.place, Buffer.from(master.open(row.sealed, row.place), 'base64')]));
  };
  return {
    read,
    async make(places) {
      const rows = places.map((place) => ({
        place,
        sealed: master.seal(randomBytes(KEY_BYTES).toString('base64'), place),
      }));
      if (rows.length > 0)
        await database.run(
          `INSERT INTO buyer_key (place, sealed, at) SELECT r.place, r.sealed, CAST(? AS text)
           FROM ${database.unfold('r', { place: 'text', sealed: 'text' })} WHERE true ON CONFLICT (place) DO NOTHING`,
          [clock.now(), JSON.stringify(rows)],
        );
      return read(places);
    },
    async destroy(places) {
      if (places.length === 0) return;
      await database.run(
        `INSERT INTO buyer_key (place, sealed, at) SELECT r.place, NULL, CAST(? AS text) FROM ${database.unfold('r', { place: 'text' })} WHERE true
         ON CONFLICT (place) DO UPDATE SET sealed = NULL, at = excluded.at`,
        [clock.now(), placesText(places)],
      );
    },
  };
}

function placesText(places: readonly string[]): string {
  return JSON.stringify(places.map((place) => ({ place })));
}
