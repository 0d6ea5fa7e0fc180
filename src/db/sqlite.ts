import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { InvariantError, OperatorError } from '../domain/errors.js';
import type { Cells, Database, DurabilityFact, Into, Parameter, Queries, UnfoldColumns } from './database.js';
import { type LargeCommits, largeCommits, NO_FILE } from './sqlite-large.js';
import { SqliteDriver } from './sqlite-library.js';
import { stagingTables } from './staging-tables.js';
import { turnstile } from './turnstile.js';

/** SQLite before 3.51.3 can corrupt a WAL database when a reset races a reader (sqlite.org/wal.html, verified 2026-11). */
const OLDEST_SAFE = [3, 51, 3] as const;
const BUSY_MS = 250;
/** Small: what the cache still holds at the end of a transaction is written in one go. */
const WRITER_CACHE_KIB = 8_192;
/** A first import of a million variants holds the write lock for about a minute. */
const LONGEST_WAIT_FOR_WRITER_MS = 300_000;

/**
 * Opens (creates) a SQLite file, `:memory:` for a database that lives in this process, or the bytes of a file as one that begins with what they
 * hold. One connection writes, another reads committed data; both run with WAL, synchronous FULL and foreign keys, read back below.
 */
export function openSqlite(file: string | Buffer): Database {
  const memory = typeof file !== 'string' || file === ':memory:';
  if (!memory) {
    makeFolder(path.dirname(path.resolve(file)));
    makePrivate(file);
  }
  const writer = connectOrExplain(file);
  refuseOldSqlite(writer);
  writer.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  for (const statement of stagingTables('sqlite')) writer.exec(statement);
  const reader = memory ? writer : connect(file);
  return databaseOn(writer, reader, memory ? NO_FILE : largeCommits(writer, file));
}

/** Only the last folder is made: a mistyped path must not look like a new shop. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder);
  } catch (cause) {
    throw new OperatorError(
      'database_folder_missing',
      `The folder of the database cannot be made: ${folder}`,
      'Check `database` in omnifeed.yaml; the folder above must exist and may be written to.',
      cause,
    );
  }
}

/** A new file is its owner's alone, and so are those SQLite puts beside it. What cannot be made, SQLite explains. */
function makePrivate(file: string): void {
  if (existsSync(file)) return;
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // The next line opens it and tells why it cannot be.
  }
}

/** A file that is no database, is damaged, locked away or read-only is the operator's to mend. */
function connectOrExplain(file: string | Buffer): Sqlite.Database {
  try {
    return connect(file);
  } catch (cause) {
    if (!(cause instanceof SqliteDriver.SqliteError)) throw cause;
    throw new OperatorError(
      'database_unusable',
      `The database ${typeof file === 'string' ? file : 'image'} cannot be used: ${cause.message}`,
      'Check that the file may be read and written; if it is damaged, restore the latest backup.',
      cause,
    );
  }
}

function connect(file: string | Buffer): Sqlite.Database {
  const connection = new SqliteDriver(file, { timeout: BUSY_MS });
  for (const [name, value] of PRAGMAS) connection.pragma(`${name} = ${value}`);
  return connection;
}

// The build of better-sqlite3 opens WAL files with synchronous NORMAL, which does not sync commits: FULL is set on every connection.
const PRAGMAS = [
  ['journal_mode', 'WAL'],
  ['synchronous', 'FULL'],
  ['foreign_keys', 'ON'],
  ['cache_size', '-65536'],
  // Staged rows of a large file must not stay in memory.
  ['temp_store', 'FILE'],
  ['temp.cache_size', '-32768'],
  ['journal_size_limit', '67108864'],
] as const;

function refuseOldSqlite(connection: Sqlite.Database): void {
  const { version } = connection.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  const parts = version.split('.').map(Number);
  const difference =
    OLDEST_SAFE.map((wanted, place) => (parts[place] ?? 0) - wanted).find((d) => d !== 0) ?? 0;
  if (difference < 0) {
    throw new OperatorError(
      'sqlite_too_old',
      `SQLite ${version} can corrupt a database in WAL mode`,
      'Install Omnifeed again with `npm ci`, so that better-sqlite3 brings SQLite 3.51.3 or newer.',
    );
  }
}

function databaseOn(writer: Sqlite.Database, reader: Sqlite.Database, large: LargeCommits): Database {
  const inside = new AsyncLocalStorage<true>();
  const turns = turnstile();
  const writing = queriesOn(writer);
  const reading = queriesOn(reader);
  const shared = reader === writer;

  /** Work outside a transaction must not slip into somebody else's: it waits for its turn. */
  function alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (inside.getStore()) throw new InvariantError('a statement of a transaction was not given to its `tx`');
    return turns.take(work);
  }

  return {
    engine: 'sqlite',
    all: (sql, parameters) =>
      (shared ? alone(() => reading.all(sql, parameters)) : reading.all(sql, parameters)) as Promise<never[]>,
    get: (sql, parameters) =>
      (shared
        ? alone(() => reading.get(sql, parameters))
        : reading.get(sql, parameters)) as Promise<undefined>,
    run: (sql, parameters) => alone(() => committed(writer, large, () => writing.run(sql, parameters))),
    insert: (into, rows) => alone(() => committed(writer, large, () => writing.insert(into, rows))),
    unfold,
    staging: {
      all: (sql, parameters) => alone(() => writing.all(sql, parameters)) as Promise<never[]>,
      get: (sql, parameters) => alone(() => writing.get(sql, parameters)) as Promise<undefined>,
      unfold,
    },
    transaction: (work) => alone(() => inside.run(true, () => committed(writer, large, () => work(writing)))),
    durability: async () => [...durabilityOf(writer), ...(shared ? [] : durabilityOf(reader, ' (reader)'))],
    close: () =>
      turns.take(async () => {
        await large.idle();
        if (!shared) reader.close();
        writer.close();
      }),
  };
}

async function committed<Result>(
  connection: Sqlite.Database,
  large: LargeCommits,
  work: () => Promise<Result>,
): Promise<Result> {
  await beginImmediate(connection);
  const mark = large.mark();
  try {
    const result = await work();
    await large.prepare(mark);
    connection.exec('COMMIT');
    large.committed();
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** BEGIN IMMEDIATE takes the write lock at once; waiting for another process happens without blocking this one. */
async function beginImmediate(connection: Sqlite.Database): Promise<void> {
  for (const givesUpAt = performance.now() + LONGEST_WAIT_FOR_WRITER_MS; ; ) {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const busy = error instanceof SqliteDriver.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() > givesUpAt) throw error;
      await pause(20 + Math.random() * 60);
    }
  }
}

function queriesOn(connection: Sqlite.Database): Queries {
  const prepared = new Map<string, Sqlite.Statement>();
  function statement(sql: string): Sqlite.Statement {
    const known = prepared.get(sql);
    if (known) return known;
    const made = connection.prepare(sql);
    prepared.set(sql, made);
    return made;
  }
  return {
    all: async <Row>(sql: string, parameters: readonly Parameter[] = []) =>
      statement(sql).all(...parameters) as Row[],
    get: async <Row>(sql: string, parameters: readonly Parameter[] = []) =>
      statement(sql).get(...parameters) as Row | undefined,
    run: async (sql, parameters = []) => statement(sql).run(...parameters).changes,
    insert: async <Row extends Cells<Row>>(into: Into, rows: readonly Row[]) => {
      const names = Object.keys(into.columns) as (keyof Row & string)[];
      const one = statement(insertOne(into, names));
      let written = 0;
      for (const row of rows) written += one.run(names.map((name) => row[name] ?? null)).changes;
      return written;
    },
    unfold,
  };
}

/** A bound statement run row by row takes 40 % of the time of one that unfolds all rows from JSON. */
function insertOne({ table, conflict = '' }: Into, names: readonly string[]): string {
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ${conflict}`;
}

/**
 * The LIMIT keeps SQLite from merging the list into a join: it would walk the other table and read the whole list again for each row.
 * Without a join the list is still merged and costs nothing.
 */
function unfold(alias: string, columns: UnfoldColumns): string {
  const members = Object.keys(columns).map((name) => `value ->> '$.${name}' AS ${name}`);
  return `(SELECT ${members.join(', ')} FROM json_each(?) LIMIT -1) AS ${alias}`;
}

function durabilityOf(connection: Sqlite.Database, which = ''): DurabilityFact[] {
  const wanted = { journal_mode: 'wal', synchronous: '2', foreign_keys: '1' };
  return Object.entries(wanted).map(([name, value]) => {
    const found = String(connection.pragma(name, { simple: true }));
    return {
      name: `${name}${which}`,
      value: found,
      wanted: value,
      ok: found === value || (name === 'journal_mode' && found === 'memory'),
    };
  });
}
