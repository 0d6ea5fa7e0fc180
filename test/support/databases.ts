import { rmSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe } from 'vitest';
import { connectDatabase } from '../../src/db/connect.js';
import type { Database } from '../../src/db/database.js';

/** A database made for one test, and how to throw it away. */
export interface TestDatabase {
  readonly address: string;
  readonly database: Database;
  dispose(): Promise<void>;
}

/** The Postgres given for tests. CI always gives one. */
export const postgresAddress =
  process.env.OMNIFEED_TEST_POSTGRES ?? (process.env.CI ? 'postgres://root@127.0.0.1:5432/test' : undefined);

let modelFile: Promise<string> | undefined;

/** A database with all tables and nothing in them, made once per process: the migrations take fifty times as long as a copy. */
async function emptyModel(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-model-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'model.db');
  await (await connectDatabase(file)).close();
  return file;
}

/** A fresh SQLite file. */
export async function sqliteDatabase(): Promise<TestDatabase> {
  modelFile ??= emptyModel();
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  const address = path.join(folder, 'omnifeed.db');
  await copyFile(await modelFile, address);
  const database = await connectDatabase(address);
  return {
    address,
    database,
    async dispose() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let schemaOfProcess: Promise<string> | undefined;

/** The tables of this test process in the given Postgres, emptied: making them anew for each test would take most of its time. */
export async function postgresDatabase(): Promise<TestDatabase> {
  schemaOfProcess ??= freshSchema();
  const address = `${postgresAddress}?schema=${await schemaOfProcess}`;
  const database = await connectDatabase(address);
  const schema = await schemaOfProcess;
  await emptyTables(database, schema);
  return {
    address,
    database,
    async dispose() {
      await database.run("DELETE FROM schema_migration WHERE name LIKE '9999-%'");
      await database.close();
    },
  };
}

/** Schemas of processes that are gone are dropped by whoever comes next. */
async function freshSchema(): Promise<string> {
  const client = new pg.Client(postgresAddress);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^test_[0-9]+$'",
  );
  for (const { name } of rows)
    if (!isAlive(Number(name.slice(5)))) await client.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
  const schema = `test_${process.pid}`;
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
  return schema;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function emptyTables(database: Database, schema: string): Promise<void> {
  const made = await database.all<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = ?',
    [schema],
  );
  const own = new Set((await SCHEMA_TABLES).map((row) => row.name));
  const kept = made
    .filter(({ name }) => own.has(name) && name !== 'schema_migration')
    .map(({ name }) => name);
  for (const { name } of made) if (!own.has(name)) await database.run(`DROP TABLE ${name} CASCADE`);
  await database.run(`TRUNCATE ${kept.join(', ')} RESTART IDENTITY CASCADE`);
  await database.run('INSERT INTO catalog_clock (id, value) VALUES (1, 0)');
}

/** The tables migrations make, as SQLite lists them. */
const SCHEMA_TABLES = sqliteTables();

async function sqliteTables(): Promise<{ name: string }[]> {
  const database = await connectDatabase(':memory:');
  const tables = await database.staging.all<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' UNION SELECT name FROM sqlite_temp_master WHERE type = 'table'",
  );
  await database.close();
  return tables;
}

/** Runs the same suite on SQLite and, when an address is given, on Postgres. */
export function onEachDatabase(title: string, suite: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${title} (SQLite)`, () => suite(sqliteDatabase));
  if (postgresAddress === undefined) {
    process.stderr.write(`skipped: "${title}" on Postgres, because OMNIFEED_TEST_POSTGRES names no server\n`);
  }
  describe.skipIf(postgresAddress === undefined)(`${title} (Postgres)`, () => suite(postgresDatabase));
}
