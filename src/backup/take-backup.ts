import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { copySqlite, inspectSqlite } from '../db/copy-sqlite.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { type BackupKind, backupName, listBackups, outdated, type Rotation } from './backup-files.js';
import { openSealedFile, sealFile } from './sealed-file.js';

/** Where the house's databases are and where backups go. */
export interface BackupPlan {
  /** SQLite files; a place on Postgres is null: its own tools keep it. */
  readonly main: string | null;
  readonly keys: string | null;
  readonly folder: string;
  readonly keep: Rotation;
  /** The house's key: whoever has it and the files has everything. */
  readonly key: Buffer;
}

/** One file of a backup, proved readable. */
export interface TakenFile {
  readonly kind: BackupKind;
  readonly file: string;
  readonly bytes: number;
  /** Rows by table, as counted in what the sealed file gives back. */
  readonly rows: Readonly<Record<string, number>>;
}

/** A backup that was taken. */
export interface TakenBackup {
  readonly at: Instant;
  readonly files: readonly TakenFile[];
  /** Names of older ones that were removed. */
  readonly removed: readonly string[];
}

const STEPS: Readonly<Record<BackupKind, string>> = {
  main: 'schema_migration',
  keys: 'key_ring_migration',
};

/** Where a copy is opened again, beside itself. */
const BESIDE = { copy: '.copy', sealed: '.part', opened: '.check' } as const;

/**
 * Copies the databases while the house works, seals the copies, opens what was sealed, and has SQLite read it whole: a backup that
 * cannot be restored is noticed when it is made. Only then it gets its name and older ones may go. Throws `backup_native` on Postgres,
 * `backup_not_copied`, `backup_damaged`.
 */
export async function takeBackup(plan: BackupPlan, now: Instant): Promise<TakenBackup> {
  if (plan.main === null && plan.keys === null) throw native();
  await mkdir(plan.folder, { recursive: true, mode: 0o700 });
  const files: TakenFile[] = [];
  // The ring first: a buyer stored meanwhile is in the main file without a key, never a key without its buyer's erasure.
  for (const kind of ['keys', 'main'] as const) {
    const from = plan[kind];
    if (from === null || (kind === 'keys' && !existsSync(from))) continue; // the ring is made with the first buyer
    files.push(await takeFile(plan, { kind, from, now }));
  }
  const old = outdated(await listBackups(plan.folder), plan.keep, now);
  for (const { name } of old) await rm(path.join(plan.folder, name), { force: true });
  return { at: now, files, removed: old.map(({ name }) => name) };
}

async function takeFile(
  plan: BackupPlan,
  { kind, from, now }: { kind: BackupKind; from: string; now: Instant },
): Promise<TakenFile> {
  const name = backupName(kind, now);
  const file = path.join(plan.folder, name);
  const beside = (end: string): string => `${file}${end}`;
  const seal = { key: plan.key, name };
  try {
    await copySqlite(from, beside(BESIDE.copy));
    await sealFile(beside(BESIDE.copy), beside(BESIDE.sealed), seal);
    await rm(beside(BESIDE.copy));
    await openSealedFile(beside(BESIDE.sealed), beside(BESIDE.opened), seal);
    const { rows } = await inspectSqlite(beside(BESIDE.opened), STEPS[kind]);
    await rename(beside(BESIDE.sealed), file);
    return { kind, file, bytes: (await stat(file)).size, rows };
  } finally {
    for (const end of Object.values(BESIDE)) await rm(beside(end), { force: true });
  }
}

function native(): OperatorError {
  return new OperatorError(
    'backup_native',
    'The database is on Postgres, which is backed up by its own tools',
    'Run `pg_dump --format=custom` on a schedule (or use continuous archiving) and keep the file encrypted; see the section on backups in the README.',
  );
}
