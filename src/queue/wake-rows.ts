import type { ClaimedWake } from '../db/claim.js';
import type { Database } from '../db/database.js';
import { backoffMs } from '../domain/backoff.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { PROCESS_DIED, type QueuePolicy } from './job-queue.js';

/** A wake under way, and the token without which nothing may be written about it. */
export interface LeasedWake extends ClaimedWake {
  readonly lease: string;
}

/** Writes a wake: see `JobQueue.wake` for what happens to a key that is waiting, running, failing or dead. */
export async function putWake(
  database: Database,
  wake: { job: string; key: string; due: Instant },
): Promise<void> {
  await database.run(
    `INSERT INTO wake (job, wake_key, due_at) VALUES (?, ?, ?) ON CONFLICT (job, wake_key) DO UPDATE SET
       due_at = CASE
         WHEN wake.lease IS NOT NULL AND wake.again = 0 THEN excluded.due_at
         WHEN wake.lease IS NULL AND (wake.state = 'dead' OR wake.attempts > 0) THEN wake.due_at
         WHEN excluded.due_at < wake.due_at THEN excluded.due_at
         ELSE wake.due_at END,
       again = CASE WHEN wake.lease IS NOT NULL OR wake.state = 'dead' THEN 1 ELSE 0 END`,
    [wake.job, wake.key, wake.due],
  );
}

/**
 * Records a good run: the row goes, or waits for the look that was asked for meanwhile or by the handler itself.
 * False: the lease was lost, nothing was written.
 */
export async function putSuccess(
  database: Database,
  wake: LeasedWake,
  again: Instant | null,
): Promise<boolean> {
  const mine = [wake.job, wake.wake_key, wake.lease];
  if (again === null) {
    const gone = await database.run(
      'DELETE FROM wake WHERE job = ? AND wake_key = ? AND lease = ? AND again = 0',
      mine,
    );
    if (gone > 0) return true;
  }
  const kept = await database.run(
    `UPDATE wake SET lease = NULL, lease_until = NULL, attempts = 0, crashes = 0, error = NULL, state = 'waiting',
       due_at = CASE WHEN again = 1 AND due_at <= ? THEN due_at ELSE ? END, again = 0
     WHERE job = ? AND wake_key = ? AND lease = ?`,
    [again ?? LAST_INSTANT, again ?? LAST_INSTANT, ...mine],
  );
  return kept > 0;
}

const LAST_INSTANT = '9999-12-31T23:59:59.999Z';

/** What is written about a failed run. */
export interface Failure {
  readonly reason: string;
  readonly now: Instant;
  readonly random: number;
  readonly policy: QueuePolicy;
}

/** Records a failed run: back off, or dead. Answers what became of the key; null: the lease was lost. */
export async function putFailure(
  database: Database,
  wake: LeasedWake,
  failure: Failure,
): Promise<'waiting' | 'dead' | null> {
  const attempts = wake.attempts + 1;
  const state = attempts >= failure.policy.attempts ? 'dead' : 'waiting';
  const waitMs =
    state === 'dead' ? failure.policy.restMs : Math.round(backoffMs(attempts - 1, failure.random));
  const written = await database.run(
    `UPDATE wake SET lease = NULL, lease_until = NULL, attempts = ?, error = ?, state = ?, due_at = ?,
       again = CASE WHEN ? = 'dead' THEN again ELSE 0 END
     WHERE job = ? AND wake_key = ? AND lease = ?`,
    [
      attempts,
      failure.reason,
      state,
      plusMs(failure.now, waitMs),
      state,
      wake.job,
      wake.wake_key,
      wake.lease,
    ],
  );
  return written > 0 ? state : null;
}

/** Gives a key back untouched, because the process stops. */
export async function putBack(database: Database, wake: LeasedWake, now: Instant): Promise<void> {
  await database.run(
    `UPDATE wake SET lease = NULL, lease_until = NULL, due_at = ?, again = CASE WHEN state = 'dead' THEN 1 ELSE 0 END
     WHERE job = ? AND wake_key = ? AND lease = ?`,
    [now, wake.job, wake.wake_key, wake.lease],
  );
}

/** Signs of life. Answers the leases that still are ours. */
export function renewLeases(
  database: Database,
  wakes: readonly LeasedWake[],
  until: Instant,
): Promise<{ job: string; wake_key: string; lease: string }[]> {
  const rows = JSON.stringify(wakes.map(({ job, wake_key, lease }) => ({ job, wake_key, lease })));
  return database.transaction((tx) =>
    tx.all(
      `UPDATE wake SET lease_until = ? WHERE (job, wake_key, lease) IN
         (SELECT r.job, r.wake_key, r.lease FROM ${tx.unfold('r', { job: 'text', wake_key: 'text', lease: 'text' })})
       RETURNING job, wake_key, lease`,
      [until, rows],
    ),
  );
}

/** Takes keys from workers that are gone: their lease ran out, or `gone` says that their process has ended. */
export async function sweepLeases(
  database: Database,
  now: Instant,
  sweep: { policy: QueuePolicy; gone: (lease: string) => boolean },
): Promise<number> {
  const leased = await database.all<{ lease: string; lease_until: string }>(
    'SELECT DISTINCT lease, lease_until FROM wake WHERE lease IS NOT NULL',
  );
  const lost = leased.filter((row) => row.lease_until < now || sweep.gone(row.lease));
  if (lost.length === 0) return 0;
  const { policy } = sweep;
  return database.run(
    `UPDATE wake SET lease = NULL, lease_until = NULL, crashes = crashes + 1,
       error = ?,
       state = CASE WHEN crashes + 1 >= ? THEN 'dead' ELSE 'waiting' END,
       due_at = CASE WHEN crashes + 1 >= ? THEN ? ELSE ? END,
       again = CASE WHEN crashes + 1 >= ? THEN again ELSE 0 END
     WHERE (lease, lease_until) IN
       (SELECT r.lease, r.lease_until FROM ${database.unfold('r', { lease: 'text', lease_until: 'text' })})`,
    [
      PROCESS_DIED,
      policy.crashes,
      policy.crashes,
      plusMs(now, policy.restMs),
      now,
      policy.crashes,
      JSON.stringify(lost),
    ],
  );
}
