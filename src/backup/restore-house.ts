import { access } from 'node:fs/promises';
import path from 'node:path';
import { connectDatabase } from '../db/connect.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { type RestoredChannel, settleRestored } from './after-restore.js';
import { type Restored, restoreBackup } from './restore-backup.js';

/** What is put back, and into which house. */
export interface HouseRestore {
  /** Where the databases of the house are: a path, or an address. */
  readonly places: { readonly main: string; readonly keys: string | null };
  /** Backups by what they hold; without `main` the database was put back already, by its own tools. */
  readonly files: { readonly main?: string | undefined; readonly keys?: string | undefined };
  /** The house’s key. Asked for only when a backup is opened. */
  key(): Promise<Buffer>;
  /** Says that a process works on the database; throws when another one does. The answer takes it back. */
  enter(database: Database): Promise<() => Promise<void>>;
  /** Opens the house on what was put back. */
  open(): Promise<RestoredHouse>;
}

/** A house that was opened on a restored database. */
export interface RestoredHouse {
  readonly database: Database;
  readonly channels: readonly RestoredChannel[];
  close(): Promise<void>;
}

/** What was put back. */
export interface HouseRestored {
  readonly main: Restored | null;
  readonly keys: Restored | null;
  /** Paused, until a person has looked at each. */
  readonly channels: readonly RestoredChannel[];
}

/**
 * Puts backups in the place of the databases and pauses every channel. The keys go first: with the main database alone nobody's data could be read.
 * Throws `already_running`, `backup_native` on Postgres, and what `restoreBackup` throws; nothing was exchanged then but what is named before.
 */
export async function restoreHouse(restore: HouseRestore, now: Instant): Promise<HouseRestored> {
  const { places, files } = restore;
  await refuseRunning(restore);
  const key = files.main === undefined ? null : await restore.key();
  const keys = key === null ? null : await putBack(files.keys, places.keys, { key, now });
  const main = key === null ? null : await putBack(files.main, places.main, { key, now });
  const house = await restore.open();
  try {
    await settleRestored(house.database, house.channels, now);
    return { main, keys, channels: house.channels };
  } finally {
    await house.close();
  }
}

async function putBack(
  file: string | undefined,
  to: string | null,
  { key, now }: { readonly key: Buffer; readonly now: Instant },
): Promise<Restored | null> {
  if (file === undefined) return null;
  if (to === null || isPostgres(to)) throw restoreOnPostgres();
  return restoreBackup({ file: path.resolve(file), to, key }, now);
}

/** A house that works on the database would go on writing into the file that was moved aside. */
async function refuseRunning({ places, enter }: HouseRestore): Promise<void> {
  const there =
    isPostgres(places.main) ||
    (await access(places.main).then(
      () => true,
      () => false,
    ));
  if (!there) return;
  const database = await connectDatabase(places.main).catch(() => null); // a damaged one is what restoring is for
  if (database === null) return;
  try {
    const leave = await enter(database);
    await leave();
  } finally {
    await database.close();
  }
}

function isPostgres(place: string): boolean {
  return /^postgres(ql)?:\/\//.test(place);
}

function restoreOnPostgres(): OperatorError {
  return new OperatorError(
    'backup_native',
    'The database is on Postgres, which is restored by its own tools',
    'Use `pg_restore`, then tell the house with `omnifeed restore --native --yes`; see the section on backups in the README.',
  );
}
