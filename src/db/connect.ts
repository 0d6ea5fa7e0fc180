import { OperatorError } from '../domain/errors.js';
import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openSqlite } from './sqlite.js';

/**
 * Opens the database named in the configuration and brings its tables up to date: `postgres://…`, `sqlite:path`, a
 * plain path, or `:memory:`.
 */
export async function connectDatabase(address: string): Promise<Database> {
  const database = await openDatabase(address);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Opens a database without touching its tables. */
export async function openDatabase(address: string): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(address)) return (await import('./postgres.js')).openPostgres(address);
  if (/^[a-z]{2,}:\/\//.test(address)) {
    throw new OperatorError(
      'bad_database_address',
      `The database address "${address.split('://')[0]}://…" is of a kind we do not know`,
      'Use a path for SQLite (omnifeed.db) or postgres://user:password@host:5432/name.',
    );
  }
  return openSqlite(address.replace(/^sqlite:/, ''));
}
