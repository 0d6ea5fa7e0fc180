import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { epochMs, type Instant } from '../domain/instant.js';

/** `main`: everything but the keys of buyers; `keys`: those keys, which must not be kept for longer than a week. */
export type BackupKind = 'main' | 'keys';

/** A backup in the folder of backups; its name says all about it. */
export interface BackupFile {
  readonly kind: BackupKind;
  readonly at: Instant;
  readonly name: string;
}

const NAME = /^omnifeed-(main|keys)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(\.\d+)?Z\.backup$/;

/** `omnifeed-main-2026-11-25T13-00-00.000Z.backup`: sorts by time, and can be written on every file system. */
export function backupName(kind: BackupKind, at: Instant): string {
  return `omnifeed-${kind}-${at.replaceAll(':', '-')}.backup`;
}

/** What a name says; null: no backup of ours. */
export function backupOf(name: string): BackupFile | null {
  const parts = NAME.exec(name);
  if (parts === null) return null;
  const [, kind, day, hour, minute, second, fraction = ''] = parts;
  return { kind: kind as BackupKind, at: `${day}T${hour}:${minute}:${second}${fraction}Z`, name };
}

/** The backups in a folder, newest first; a folder that is not there has none. */
export async function listBackups(folder: string): Promise<readonly BackupFile[]> {
  const names = await readdir(path.resolve(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((name) => backupOf(name) ?? [])
    .sort((a, b) => (a.at === b.at ? a.name.localeCompare(b.name) : a.at < b.at ? 1 : -1));
}

/** How many backups are kept: one of each of the last hours, days and weeks. */
export interface Rotation {
  readonly hours: number;
  readonly days: number;
  readonly weeks: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A destroyed key must be gone from backups before a buyer's 30 days are over: keys live a week at most (reliability, section 5.2). */
const KEYS_LIVE_MS = 7 * DAY_MS;

/**
 * Those that may go. Of each span the newest stays, counted in spans that have one: a machine that was off for a month loses nothing by being
 * started. The newest of a kind always stays, except keys that are a week old.
 */
export function outdated(
  backups: readonly BackupFile[],
  keep: Rotation,
  now: Instant,
): readonly BackupFile[] {
  const main = backups.filter(({ kind }) => kind === 'main');
  const kept = new Set([
    ...newestOfEach(main, HOUR_MS, keep.hours),
    ...newestOfEach(main, DAY_MS, keep.days),
    ...newestOfEach(main, 7 * DAY_MS, keep.weeks),
    ...main.slice(0, 1),
  ]);
  const instants = new Set([...kept].map(({ at }) => at));
  return backups.filter((backup) =>
    backup.kind === 'main'
      ? !kept.has(backup)
      : epochMs(now) - epochMs(backup.at) >= KEYS_LIVE_MS || !instants.has(backup.at),
  );
}

function newestOfEach(
  newestFirst: readonly BackupFile[],
  spanMs: number,
  count: number,
): readonly BackupFile[] {
  const spans = new Map<number, BackupFile>();
  for (const backup of newestFirst) {
    const span = Math.floor(epochMs(backup.at) / spanMs);
    if (!spans.has(span) && spans.size < count) spans.set(span, backup);
  }
  return [...spans.values()];
}
