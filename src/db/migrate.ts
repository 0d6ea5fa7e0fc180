import { OperatorError } from '../domain/errors.js';
import type { Database } from './database.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration } from './migrations/migration.js';

/** Any number that nobody else uses for an advisory lock on this database. */
const POSTGRES_LOCK = 7_261_904_113;

/** Which steps, and the table that remembers them. */
interface Steps {
  readonly migrations: readonly Migration[];
  readonly table: string;
}

const HOUSE: Steps = { migrations: MIGRATIONS, table: 'schema_migration' };

/** Brings tables up to date, those of the house or others. A database written by a newer Omnifeed is refused, not guessed at. */
export async function migrate(database: Database, steps: Steps = HOUSE): Promise<void> {
  const { migrations, table } = steps;
  await database.transaction(async (tx) => {
    if (database.engine === 'postgres') await tx.get('SELECT pg_advisory_xact_lock(?)', [POSTGRES_LOCK]);
    await tx.run(`CREATE TABLE IF NOT EXISTS ${table} (name TEXT PRIMARY KEY)`);
    const done = new Set(
      (await tx.all<{ name: string }>(`SELECT name FROM ${table}`)).map((row) => row.name),
    );
    refuseNewer(done, migrations);
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      for (const statement of migration.statements(database.engine)) await tx.run(statement);
      await tx.run(`INSERT INTO ${table} (name) VALUES (?)`, [migration.name]);
    }
  });
}

/** How the tables of a database stand to this version of the program. */
export interface SchemaState {
  /** Steps this version has and the database does not: it has to be started once to write them. */
  readonly missing: readonly string[];
  /** Steps of a newer version: this one must not work on it. */
  readonly unknown: readonly string[];
}

/** Reads how the tables of the house stand; changes nothing. */
export async function schemaState(database: Pick<Database, 'all'>): Promise<SchemaState> {
  const rows = await database.all<{ name: string }>('SELECT name FROM schema_migration');
  const done = new Set(rows.map((row) => row.name));
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  return {
    missing: [...known].filter((name) => !done.has(name)),
    unknown: [...done].filter((name) => !known.has(name)),
  };
}

function refuseNewer(done: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new OperatorError(
      'database_newer',
      `The database was written by a newer Omnifeed (it has ${unknown.join(', ')})`,
      'Start the newer version again, or restore a backup made with this version.',
    );
  }
}
