import type { Config } from '../config/config.js';
import type { Database } from '../db/database.js';
import { OmnifeedError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import { type TakenBackup, takeBackup } from './take-backup.js';

/** The places a backup is made of. */
type Places = Pick<Config, 'database' | 'keyRing' | 'backups'>;

const PROBLEM = 'house:backup';

/** Whether the house has a file of its own to back up: on Postgres with the ring there too, its own tools do it. */
export function backsUp(config: Places): boolean {
  return fileOf(config.database) !== null || fileOf(config.keyRing) !== null;
}

/** Takes a backup of the house as it is configured. Throws what `takeBackup` throws. */
export function backUpHouse(config: Places, key: Buffer, now: Instant): Promise<TakenBackup> {
  const { folder, keep } = config.backups;
  return takeBackup({ main: fileOf(config.database), keys: fileOf(config.keyRing), folder, keep, key }, now);
}

/** The hourly backup: what keeps it from being taken is a problem for the operator until one is. */
export async function backUpOrTell(
  database: Database,
  take: () => Promise<TakenBackup>,
  now: Instant,
): Promise<TakenBackup | null> {
  try {
    const taken = await take();
    await clearProblem(database, PROBLEM);
    return taken;
  } catch (error) {
    const [code, advice] =
      error instanceof OmnifeedError ? [error.code, error.advice] : codeOf(error as NodeJS.ErrnoException);
    await raiseProblem(
      database,
      {
        key: PROBLEM,
        channel: null,
        severity: 'error',
        code: 'backup_failed',
        message: `No backup was taken (${code}): ${error instanceof Error ? error.message : String(error)}`,
        advice,
      },
      now,
    );
    return null;
  }
}

function codeOf({ code }: NodeJS.ErrnoException): readonly [string, string] {
  return [code ?? 'unknown', 'Check that the folder of backups may be written to and has room.'];
}

/** The file of a SQLite address; null: Postgres, memory, or none. */
function fileOf(address: string | null): string | null {
  return address === null || /^postgres(ql)?:\/\/|:memory:/.test(address)
    ? null
    : address.replace(/^sqlite:/, '');
}
