import type { Database, Queries } from './database.js';

/** A wake that now belongs to the worker that asked. */
export interface ClaimedWake {
  readonly job: string;
  readonly wake_key: string;
  readonly attempts: number;
  readonly crashes: number;
}

/** Who claims what. */
export interface Claim {
  /** Jobs the worker has handlers for. */
  readonly jobs: readonly string[];
  readonly limit: number;
  readonly now: string;
  /** Fencing token; a later commit that does not carry it changes nothing. */
  readonly lease: string;
  readonly leaseUntil: string;
}

/**
 * Takes due wakes in one statement. On Postgres workers skip each other's rows instead of waiting for them; SQLite has
 * one writer at a time and needs no locks. A dead wake is taken only when it was woken again after its rest.
 */
export function claimWakes(database: Database, claim: Claim): Promise<ClaimedWake[]> {
  const lock = database.engine === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
  return database.transaction((tx) =>
    tx.all<ClaimedWake>(
      `WITH due AS MATERIALIZED (
         SELECT w.job, w.wake_key FROM wake w WHERE w.due_at <= ? AND w.lease IS NULL
         AND (w.state = 'waiting' OR w.again = 1) AND w.job IN (SELECT j.name FROM ${jobNames(tx)})
         ORDER BY w.due_at LIMIT ? ${lock})
       UPDATE wake SET lease = ?, lease_until = ?, again = 0
       WHERE (job, wake_key) IN (SELECT job, wake_key FROM due)
       RETURNING job, wake_key, attempts, crashes`,
      [claim.now, namesJson(claim.jobs), claim.limit, claim.lease, claim.leaseUntil],
    ),
  );
}

/** When the next wake is due, whether or not that is past; null: nothing waits. */
export async function nextDue(queries: Queries, jobs: readonly string[]): Promise<string | null> {
  const row = await queries.get<{ due_at: string | null }>(
    `SELECT min(w.due_at) AS due_at FROM wake w WHERE w.lease IS NULL AND (w.state = 'waiting' OR w.again = 1)
     AND w.job IN (SELECT j.name FROM ${jobNames(queries)})`,
    [namesJson(jobs)],
  );
  return row?.due_at ?? null;
}

function jobNames(queries: Queries): string {
  return queries.unfold('j', { name: 'text' });
}

function namesJson(jobs: readonly string[]): string {
  return JSON.stringify(jobs.map((name) => ({ name })));
}
