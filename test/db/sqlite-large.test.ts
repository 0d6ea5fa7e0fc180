import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LargeCommits, largeCommits } from '../../src/db/sqlite-large.js';
import { SqliteDriver } from '../../src/db/sqlite-library.js';

describe('the commit of a large transaction on SQLite', () => {
  let folder: string;
  let file: string;
  let connection: Sqlite.Database;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-large-'));
    file = path.join(folder, 'omnifeed.db');
    connection = new SqliteDriver(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('cache_size = -1024');
    connection.exec('CREATE TABLE thing (n INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  });
  afterEach(async () => {
    connection.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(large: LargeCommits, rows: number): Promise<void> {
    const mark = large.mark();
    connection.exec('BEGIN IMMEDIATE');
    const insert = connection.prepare('INSERT INTO thing (body) VALUES (?)');
    for (let row = 0; row < rows; row++) insert.run('x'.repeat(500));
    await large.prepare(mark);
    connection.exec('COMMIT');
    large.committed();
  }
  const automatic = () => connection.pragma('wal_autocheckpoint', { simple: true });

  it('is copied into the database afterwards, without a log, and then SQLite does so by itself again', async () => {
    const large = largeCommits(connection, file);
    const copied = write(large, 30_000);
    await copied;
    expect(automatic(), 'not in the commit').toBe(0);
    await large.idle();
    expect(automatic()).toBe(1_000);
    const alone = path.join(folder, 'without-log.db');
    await copyFile(file, alone);
    const copy = new SqliteDriver(alone, { readonly: true });
    expect(copy.prepare('SELECT COUNT(*) FROM thing').pluck().get()).toBe(30_000);
    copy.close();
  });

  it('is left to SQLite when the transaction is small', async () => {
    const large = largeCommits(connection, file);
    await write(large, 500);
    expect(automatic()).toBe(1_000);
  });
});
