import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleRestored } from '../../src/backup/after-restore.js';
import { backUpOrTell } from '../../src/backup/back-up-house.js';
import {
  type BackupFile,
  backupName,
  backupOf,
  listBackups,
  outdated,
} from '../../src/backup/backup-files.js';
import { type Restored, restoreBackup } from '../../src/backup/restore-backup.js';
import { takeBackup } from '../../src/backup/take-backup.js';
import { connectDatabase } from '../../src/db/connect.js';
import type { Database } from '../../src/db/database.js';
import { instantOf } from '../../src/domain/instant.js';
import { openProblems } from '../../src/problems/problems.js';
import { readChannelState, writeChannelState } from '../../src/sync/channel-state.js';

const NOW = '2026-11-25T13:00:00.000Z';
const KEEP = { hours: 24, days: 7, weeks: 4 };
const CANARY = 'canary-of-a-buyer-7Q';

let folder: string;
let main: string;
let database: Database;
const key = randomBytes(32);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-backup-'));
  main = path.join(folder, 'omnifeed.db');
  database = await connectDatabase(main);
});
afterEach(async () => {
  await database.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

const take = () =>
  takeBackup({ main, keys: null, folder: path.join(folder, 'backups'), keep: KEEP, key }, NOW);

/** The sealed file of a backup. */
async function taken(): Promise<string> {
  const [file] = (await take()).files;
  return file?.file ?? never();
}

const restore = (file: string, to = main): Promise<Restored> => restoreBackup({ file, to, key }, NOW);

const note = (place: string) =>
  database.run(
    "INSERT INTO problem (problem_key, channel, severity, code, message, advice, since, seen_at) VALUES (?, NULL, 'error', 'c', ?, 'a', ?, ?)",
    [place, CANARY, NOW, NOW],
  );

async function notesIn(file: string): Promise<string[]> {
  const opened = await connectDatabase(file);
  const rows = await opened.all<{ place: string }>(
    'SELECT problem_key AS place FROM problem ORDER BY problem_key',
  );
  await opened.close();
  return rows.map(({ place }) => place);
}

const leftOvers = async () => (await readdir(folder)).filter((name) => name.includes('restor'));

describe('a backup', () => {
  it('holds what was committed, is unreadable without the key, and leaves nothing else behind', async () => {
    await note('a');
    const [file] = (await take()).files;
    await note('b');
    expect(await readdir(path.join(folder, 'backups'))).toEqual([backupName('main', NOW)]);
    expect(file?.rows.problem).toBe(1);
    const bytes = await readFile(file?.file ?? '');
    expect(bytes.includes(CANARY)).toBe(false);
    expect(bytes.includes('SQLite format')).toBe(false);
    expect((await stat(file?.file ?? '')).mode & 0o077).toBe(0);
  });

  it('is of one instant although somebody writes all the time', async () => {
    await database.run('CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, filler TEXT NOT NULL)');
    const rows = Array.from({ length: 300 }, () => ({ a: 0, b: 0, filler: 'x'.repeat(2_000) }));
    await database.insert({ table: 'pair', columns: { a: 'integer', b: 'integer', filler: 'text' } }, rows);
    let writing = true;
    let writes = 0;
    const writer = (async () => {
      for (; writing; writes++) {
        await database.run('UPDATE pair SET a = a + 1, b = b + 1');
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const file = await taken();
    writing = false;
    await writer;
    expect(writes).toBeGreaterThan(1);
    await database.close();
    await restore(file);
    database = await connectDatabase(main);
    expect(await database.get('SELECT COUNT(*) AS rows, MAX(a) - MIN(b) AS apart FROM pair')).toEqual({
      rows: 300,
      apart: 0,
    });
  });

  it('comes back as it was, and what was there is moved aside, its log too', async () => {
    await note('a');
    const file = await taken();
    await note('b');
    await database.close();
    await writeFile(`${main}-wal`, 'log of another database');
    const { aside } = await restore(file);
    expect(await notesIn(main)).toEqual(['a']);
    expect(await readFile(`${aside}-wal`, 'utf8')).toBe('log of another database');
    await rm(`${aside}-wal`);
    expect(await notesIn(aside ?? never())).toEqual(['a', 'b']);
  });

  it.each<readonly [string, string, (file: string) => Promise<string>]>([
    ['changed in one byte', 'backup_not_opened', (file) => rewritten(file, flipped)],
    ['cut', 'backup_not_opened', (file) => rewritten(file, (bytes) => bytes.subarray(0, -1))],
    ['empty', 'backup_not_opened', (file) => rewritten(file, () => Buffer.alloc(0))],
    ['renamed', 'backup_not_opened', (file) => renamed(file, backupName('main', '2026-11-25T14:00:00.000Z'))],
    ['no backup by its name', 'not_a_backup', (file) => renamed(file, 'omnifeed.old')],
  ])('that is %s changes nothing', async (_what, code, spoil) => {
    await note('a');
    const file = await spoil(await taken());
    await database.close();
    await expect(restore(file)).rejects.toMatchObject({ code });
    expect(await notesIn(main)).toEqual(['a']);
    expect(await leftOvers()).toEqual([]);
  });

  it('made with another key does not open', async () => {
    const file = await taken();
    const to = path.join(folder, 'new.db');
    await expect(restoreBackup({ file, to, key: randomBytes(32) }, NOW)).rejects.toMatchObject({
      code: 'backup_not_opened',
    });
    expect(await readdir(folder)).not.toContain('new.db');
  });

  it('made by a newer Omnifeed is refused before anything is moved', async () => {
    await database.run("INSERT INTO schema_migration (name) VALUES ('9999-of-tomorrow')");
    const file = await taken();
    await expect(restore(file)).rejects.toMatchObject({ code: 'backup_newer' });
    expect(await leftOvers()).toEqual([]);
  });

  it('that cannot be taken is a problem until one can', async () => {
    await writeFile(path.join(folder, 'backups'), 'a file where the folder should be');
    expect(await backUpOrTell(database, take, NOW)).toBeNull();
    expect(await openProblems(database)).toMatchObject([{ code: 'backup_failed' }]);
    await rm(path.join(folder, 'backups'));
    expect(await backUpOrTell(database, take, NOW)).not.toBeNull();
    expect(await openProblems(database)).toEqual([]);
  });

  it('takes the keys of buyers along as a file of their own, once there are any', async () => {
    const plan = {
      main,
      keys: path.join(folder, 'keys.db'),
      folder: path.join(folder, 'backups'),
      keep: KEEP,
      key,
    };
    expect((await takeBackup(plan, NOW)).files.map(({ kind }) => kind)).toEqual(['main']);
    const ring = await connectDatabase(plan.keys);
    await ring.close();
    const both = await takeBackup(plan, '2026-11-25T14:00:00.000Z');
    expect(both.files.map(({ kind }) => kind)).toEqual(['keys', 'main']);
    await expect(restore(both.files[0]?.file ?? '', path.join(folder, 'again.db'))).resolves.toMatchObject({
      backup: { kind: 'keys' },
    });
  });

  it('of a database that is not there says so', async () => {
    const plan = {
      main: path.join(folder, 'none.db'),
      keys: null,
      folder: path.join(folder, 'backups'),
      keep: KEEP,
      key,
    };
    await expect(takeBackup(plan, NOW)).rejects.toMatchObject({ code: 'backup_not_copied' });
    expect(await readdir(folder)).not.toContain('none.db');
  });

  it('of a house that is all on Postgres is left to its own tools', async () => {
    const plan = { main: null, keys: null, folder, keep: KEEP, key };
    await expect(takeBackup(plan, NOW)).rejects.toMatchObject({ code: 'backup_native' });
  });
});

describe('rotation', () => {
  it('keeps one of each of the last 24 hours, 7 days and 4 weeks', () => {
    const all = hourly('main', 24 * 60);
    const gone = new Set(outdated(all, KEEP, NOW));
    const kept = all.filter((backup) => !gone.has(backup)).map(({ at }) => at);
    expect(kept.slice(0, 24)).toEqual(all.slice(0, 24).map(({ at }) => at));
    // Days end at midnight UTC, weeks with Wednesday; those of today and this week are among the hours.
    expect(kept.slice(24).map((at) => at.slice(0, 13))).toEqual([
      '2026-11-23T23',
      '2026-11-22T23',
      '2026-11-21T23',
      '2026-11-20T23',
      '2026-11-19T23',
      '2026-11-18T23',
      '2026-11-11T23',
      '2026-11-04T23',
    ]);
  });

  it('forgets keys of buyers after a week at the latest, whatever is kept of the rest', () => {
    const all = [...hourly('main', 24 * 20), ...hourly('keys', 24 * 20)];
    const gone = new Set(outdated(all, { hours: 1_000, days: 1_000, weeks: 1_000 }, NOW));
    expect(all.filter((backup) => backup.kind === 'keys' && !gone.has(backup))).toHaveLength(24 * 7);
    expect(all.filter((backup) => backup.kind === 'main' && gone.has(backup))).toEqual([]);
  });

  it('never lets the last one go, and leaves files alone that are not ours', async () => {
    const old = backupOf(backupName('main', '2020-01-01T00:00:00.000Z')) ?? never();
    expect(outdated([old], { hours: 0, days: 0, weeks: 0 }, NOW)).toEqual([]);
    await take();
    await writeFile(path.join(folder, 'backups', 'omnifeed-main-notes.txt'), '');
    expect((await listBackups(path.join(folder, 'backups'))).map(({ at }) => at)).toEqual([NOW]);
  });
});

describe('a restored house', () => {
  it('sends nothing before somebody has looked, reads orders from the start, and numbers on above what was sent since', async () => {
    await readChannelState(database, 'google-us');
    await writeChannelState(database, 'google-us', { order_cursor: 'c', observed_at: NOW });
    const before = await clockOf(database);
    await database.run(
      `INSERT INTO order_message (channel, external_id, reference, kind, message, state, made_at)
       VALUES ('google-us', '1', 'r', 'refund', '{}', 'handed', '${NOW}'), ('google-us', '1', 'a', 'acknowledge', '{}', 'pending', '${NOW}')`,
    );
    await settleRestored(database, [{ id: 'google-us', readsBack: true }], NOW);
    expect(await readChannelState(database, 'google-us')).toMatchObject({
      paused_code: 'restored',
      order_cursor: null,
      observed_at: null,
    });
    expect(await database.all('SELECT kind, state FROM order_message ORDER BY kind')).toEqual([
      { kind: 'acknowledge', state: 'pending' },
      { kind: 'refund', state: 'held' },
    ]);
    expect((await clockOf(database)) - before).toBe(1_000_000_000);
  });
});

async function clockOf(queries: Database): Promise<number> {
  return (await queries.get<{ value: number }>('SELECT value FROM catalog_clock'))?.value ?? never();
}

function hourly(kind: 'main' | 'keys', hours: number): BackupFile[] {
  return Array.from(
    { length: hours },
    (_, ago) => backupOf(backupName(kind, instantOf(Date.parse(NOW) - ago * 3_600_000))) ?? never(),
  );
}

async function rewritten(file: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  await writeFile(file, change(await readFile(file)));
  return file;
}

function flipped(bytes: Buffer): Buffer {
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  return bytes;
}

async function renamed(file: string, name: string): Promise<string> {
  const to = path.join(path.dirname(file), name);
  await rename(file, to);
  return to;
}

function never(): never {
  throw new Error('this cannot be absent here');
}
