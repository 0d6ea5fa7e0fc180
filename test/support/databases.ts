import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
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

/** A fresh SQLite file. */
export async function sqliteDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  const address = path.join(folder, 'omnifeed.db');
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

/** A fresh schema in the given Postgres. */
export async function postgresDatabase(): Promise<TestDatabase> {
  const schema = `t_${randomUUID().replaceAll('-', '')}`;
  const address = `${postgresAddress}?schema=${schema}`;
  const database = await connectDatabase(address);
  return {
    address,
    database,
    async dispose() {
      await database.close();
      const client = new pg.Client(postgresAddress);
      await client.connect();
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

/** Runs the same suite on SQLite and, when an address is given, on Postgres. */
export function onEachDatabase(title: string, suite: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${title} (SQLite)`, () => suite(sqliteDatabase));
  if (postgresAddress === undefined) {
    process.stderr.write(`skipped: "${title}" on Postgres, because OMNIFEED_TEST_POSTGRES names no server\n`);
  }
  describe.skipIf(postgresAddress === undefined)(`${title} (Postgres)`, () => suite(postgresDatabase));
}
