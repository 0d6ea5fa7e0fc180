import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from './db/database.js';
import { OperatorError } from './domain/errors.js';
import { type Clock, plusMs } from './domain/instant.js';

interface ProcessRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: string;
}

/** A process that may run a house. */
export interface ProcessPlace {
  readonly host: string;
  readonly pid: number;
  /** Whether a process of this number runs on this machine. */
  alive(pid: number): boolean;
}

const BEAT_MS = 10_000;
/** A process that gave no sign for this long is taken to have ended. */
const SILENT_MS = 60_000;

/** This process on this machine. */
export function ownPlace(): ProcessPlace {
  return { host: hostname(), pid: process.pid, alive: isAlive };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it runs, as somebody else
  }
}

/**
 * Says that this process runs the house, as long as it does. On SQLite one process is the house: throws `already_running` when another one
 * that is alive says so. A killed process is no obstacle: its number is not alive, or it has given no sign for a minute. On Postgres any
 * number of processes may share the work. The answer ends it.
 */
export async function enterHouse(
  database: Database,
  clock: Clock,
  place: ProcessPlace = ownPlace(),
): Promise<() => Promise<void>> {
  const id = randomUUID();
  const now = clock.now();
  await database.transaction(async (tx) => {
    await tx.run('DELETE FROM house_process WHERE seen_at < ?', [plusMs(now, -SILENT_MS)]);
    const others = await tx.all<ProcessRow>('SELECT id, host, pid, started_at FROM house_process');
    const running = others.find((other) => runs(other, place));
    if (running !== undefined && database.engine === 'sqlite') throw alreadyRunning(running);
    await tx.run('INSERT INTO house_process (id, host, pid, started_at, seen_at) VALUES (?, ?, ?, ?, ?)', [
      id,
      place.host,
      place.pid,
      now,
      now,
    ]);
  });
  const beat = setInterval(() => {
    // A sign that could not be given is given the next time.
    database
      .run('UPDATE house_process SET seen_at = ? WHERE id = ?', [clock.now(), id])
      .catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    await database.run('DELETE FROM house_process WHERE id = ?', [id]);
  };
}

/** Of another machine only its signs are known. A process with our own number on our own machine is one we replaced. */
function runs(other: ProcessRow, place: ProcessPlace): boolean {
  if (other.host !== place.host) return true;
  return other.pid !== place.pid && place.alive(other.pid);
}

function alreadyRunning(other: ProcessRow): OperatorError {
  return new OperatorError(
    'already_running',
    `Another omnifeed runs on this database: process ${other.pid} on ${other.host}, since ${other.started_at}`,
    'Stop it first. If it was on a machine that is gone, wait a minute. To share the work, use `database: postgres://…` and `omnifeed worker`.',
  );
}
