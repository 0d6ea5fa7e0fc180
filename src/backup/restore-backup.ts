import { access, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { inspectSqlite } from '../db/copy-sqlite.js';
import { MIGRATIONS } from '../db/migrations/index.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { type BackupFile, backupOf } from './backup-files.js';
import { openSealedFile } from './sealed-file.js';

/** What is put back and where. */
export interface RestorePlan {
  /** The sealed file, under the name it was written with. */
  readonly file: string;
  /** Where the database goes. What is there is moved aside, never overwritten. */
  readonly to: string;
  readonly key: Buffer;
}

/** What was put back. */
export interface Restored {
  readonly backup: BackupFile;
  readonly rows: Readonly<Record<string, number>>;
  /** Where the database that was there is now; null: there was none. */
  readonly aside: string | null;
}

const PARTS = ['', '-wal', '-shm'] as const;

/**
 * Opens a backup beside the database, has SQLite read it whole, and only then exchanges the two: killed at any point, there is the old
 * database or the new one. Nobody may be running on it. Throws `backup_not_opened`, `backup_damaged`, `backup_newer`, `not_a_backup`.
 */
export async function restoreBackup(plan: RestorePlan, now: Instant): Promise<Restored> {
  const backup = backupOf(path.basename(plan.file));
  if (backup === null) throw notABackup(plan.file);
  const opened = `${plan.to}.restoring`;
  await rm(opened, { force: true });
  await openSealedFile(plan.file, opened, { key: plan.key, name: backup.name });
  try {
    const facts = await inspectSqlite(
      opened,
      backup.kind === 'main' ? 'schema_migration' : 'key_ring_migration',
    );
    if (backup.kind === 'main') refuseNewer(plan.file, facts.steps);
    const aside = await moveAside(plan.to, now);
    await rename(opened, plan.to);
    return { backup, rows: facts.rows, aside };
  } finally {
    await rm(opened, { force: true });
  }
}

/** The log of a database belongs to it: left behind, SQLite would play it into the restored one. */
async function moveAside(file: string, now: Instant): Promise<string | null> {
  const aside = `${file}.before-restore-${now.replaceAll(':', '-')}`;
  let moved = false;
  for (const part of [...PARTS].reverse()) {
    if (!(await exists(file + part))) continue;
    await rename(file + part, aside + part);
    moved = true;
  }
  return moved ? aside : null;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function refuseNewer(file: string, steps: readonly string[]): void {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = steps.filter((step) => !known.has(step));
  if (unknown.length > 0)
    throw new OperatorError(
      'backup_newer',
      `${file} was made by a newer Omnifeed (it has ${unknown.join(', ')})`,
      'Install that version, or take an older backup.',
    );
}

function notABackup(file: string): OperatorError {
  return new OperatorError(
    'not_a_backup',
    `${path.basename(file)} is not the name of a backup`,
    'Give a file named omnifeed-main-….backup or omnifeed-keys-….backup; `omnifeed backup list` shows them.',
  );
}
