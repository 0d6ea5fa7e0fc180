import { OperatorError } from '../domain/errors.js';
import type { Database, Queries } from './database.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration } from './migrations/migration.js';

/** Any number that nobody else uses for an advisory lock on this database. */
const POSTGRES_LOCK = 7_261_904_113;

/** Brings the tables up to date. A database written by a newer Omnifeed is refused, not guessed at. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    if (database.engine === 'postgres') await tx.get('SELECT pg_advisory_xact_lock(?)', [POSTGRES_LOCK]);
    await tx.run('CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY)');
    const done = new Set(
      (await tx.all<{ name: string }>('SELECT name FROM schema_migration')).map((row) => row.name),
    );
    refuseNewer(done);
    for (const migration of MIGRATIONS)
      if (!done.has(migration.name)) await apply(tx, migration, database.engine);
  });
}

async function apply(tx: Queries, migration: Migration, engine: Database['engine']): Promise<void> {
  for (const statement of migration.statements(engine)) await tx.run(statement);
  await tx.run('INSERT INTO schema_migration (name) VALUES (?)', [migration.name]);
}

function refuseNewer(done: ReadonlySet<string>): void {
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new OperatorError(
      'database_newer',
      `The database was written by a newer Omnifeed (it has ${unknown.join(', ')})`,
      'Start the newer version again, or restore a backup made with this version.',
    );
  }
}
