import type { Log } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import { InvariantError } from '../domain/errors.js';
import { type Clock, plusMs } from '../domain/instant.js';
import { doorbell } from './doorbell.js';
import {
  type DeadKey,
  type JobQueue,
  QUEUE_POLICY,
  type QueueDepth,
  type QueuePolicy,
  reasonOf,
} from './job-queue.js';
import { runSqlWorker } from './sql-worker.js';
import { putWake } from './wake-rows.js';

/** What a SQL queue is made of. The database stays the caller's: it is not closed with the queue. */
export interface SqlQueueParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy?: Partial<QueuePolicy>;
}

/** The queue in the house's own database, on SQLite and Postgres. Wakes of this process are seen at once, others within 1 s. */
export function sqlQueue(parts: SqlQueueParts): JobQueue {
  const { database, clock, log } = parts;
  const policy = { ...QUEUE_POLICY, ...parts.policy };
  const bells = new Set<ReturnType<typeof doorbell>>();
  const workers = new Set<Promise<void>>();
  const closing = new AbortController();

  async function work(...[handlers, options]: Parameters<JobQueue['work']>): Promise<void> {
    const bell = doorbell();
    bells.add(bell);
    const stop = AbortSignal.any([options.signal, closing.signal]);
    const worker = runSqlWorker({
      database,
      clock,
      log,
      policy,
      handlers,
      bell,
      stop,
      concurrency: options.concurrency,
    });
    workers.add(worker);
    try {
      await worker;
    } finally {
      workers.delete(worker);
      bells.delete(bell);
    }
  }

  return {
    async wake(job, key, options = {}) {
      try {
        await putWake(database, { job, key, due: plusMs(clock.now(), options.delayMs ?? 0) });
      } catch (error) {
        if (error instanceof InvariantError) throw error;
        log.error(
          { job, key, reason: reasonOf(error) },
          'a wake was lost; the sweep finds what it was about',
        );
      }
      for (const bell of bells) bell.ring();
    },
    work,
    dead: () => deadKeys(database),
    async revive(job, key) {
      const revived = await database.run(
        `UPDATE wake SET state = 'waiting', attempts = 0, crashes = 0, error = NULL, again = 0, due_at = ?
         WHERE job = ? AND wake_key = ? AND state = 'dead' AND lease IS NULL`,
        [clock.now(), job, key],
      );
      for (const bell of bells) bell.ring();
      return revived > 0;
    },
    depth: () => depthOf(database),
    async close() {
      closing.abort();
      await Promise.allSettled(workers);
    },
  };
}

function deadKeys(database: Database): Promise<DeadKey[]> {
  return database.all<DeadKey>(
    `SELECT job, wake_key AS key, coalesce(error, '') AS reason, attempts, crashes FROM wake
     WHERE state = 'dead' ORDER BY due_at, job, wake_key`,
  );
}

async function depthOf(database: Database): Promise<QueueDepth> {
  const row = await database.get<QueueDepth>(
    `SELECT coalesce(sum(CASE WHEN state = 'waiting' AND lease IS NULL THEN 1 ELSE 0 END), 0) AS waiting,
       coalesce(sum(CASE WHEN lease IS NOT NULL THEN 1 ELSE 0 END), 0) AS running,
       coalesce(sum(CASE WHEN state = 'dead' AND lease IS NULL THEN 1 ELSE 0 END), 0) AS dead FROM wake`,
  );
  return row ?? { waiting: 0, running: 0, dead: 0 };
}
