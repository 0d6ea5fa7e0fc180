import type { Log } from '../channel/connector.js';
import { claimWakes, nextDue } from '../db/claim.js';
import type { Database } from '../db/database.js';
import { type Clock, epochMs, plusMs } from '../domain/instant.js';
import type { Doorbell } from './doorbell.js';
import { type JobHandler, type JobHandlers, type QueuePolicy, reasonOf } from './job-queue.js';
import { newLease, ownerEnded } from './lease-owner.js';
import { type LeasedWake, putBack, putFailure, putSuccess, renewLeases, sweepLeases } from './wake-rows.js';

/** What a worker of the SQL queue works with. */
export interface SqlWorkerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: QueuePolicy;
  readonly handlers: JobHandlers;
  readonly concurrency: number;
  readonly bell: Doorbell;
  /** Aborted: take nothing new. */
  readonly stop: AbortSignal;
}

interface Running {
  readonly wake: LeasedWake;
  readonly control: AbortController;
  done: Promise<void>;
}

class LeaseLost extends Error {}
class Stopping extends Error {}

/** Claims due keys and runs their handlers until told to stop, then waits for those under way. */
export async function runSqlWorker(parts: SqlWorkerParts): Promise<void> {
  const running = new Set<Running>();
  const life = setInterval(() => void signsOfLife(parts, running), parts.policy.leaseMs / 4);
  const ring = (): void => parts.bell.ring();
  parts.stop.addEventListener('abort', ring);
  try {
    await sweep(parts);
    while (!parts.stop.aborted) await parts.bell.wait(await turn(parts, running));
    await finish(parts, running);
  } finally {
    clearInterval(life);
    parts.stop.removeEventListener('abort', ring);
  }
}

/** Takes what is due and fits; answers how long to wait for the next look. A database that fails now may work later. */
async function turn(parts: SqlWorkerParts, running: Set<Running>): Promise<number> {
  const { pollMs } = parts.policy;
  try {
    const free = parts.concurrency - running.size;
    if (free <= 0) return pollMs; // a handler that ends rings the bell
    const jobs = Object.keys(parts.handlers);
    const due = await nextDue(parts.database, jobs);
    if (due === null) return pollMs;
    const now = parts.clock.now();
    if (due > now) return Math.min(pollMs, epochMs(due) - epochMs(now));
    const lease = newLease();
    const leaseUntil = plusMs(now, parts.policy.leaseMs);
    const claimed = await claimWakes(parts.database, { jobs, limit: free, now, lease, leaseUntil });
    for (const wake of claimed) start(parts, running, { ...wake, lease });
    return claimed.length === 0 ? pollMs / 10 : 0;
  } catch (error) {
    parts.log.error({ reason: reasonOf(error) }, 'the queue cannot be read; trying again');
    return pollMs;
  }
}

function start(parts: SqlWorkerParts, running: Set<Running>, wake: LeasedWake): void {
  const entry: Running = { wake, control: new AbortController(), done: Promise.resolve() };
  running.add(entry);
  entry.done = run(parts, entry)
    .catch((error: unknown) => {
      // Not even the outcome could be written: the lease runs out and the key is looked at again.
      parts.log.error({ job: wake.job, key: wake.wake_key, reason: reasonOf(error) }, 'outcome not recorded');
    })
    .finally(() => {
      running.delete(entry);
      parts.bell.ring();
    });
}

async function run(parts: SqlWorkerParts, entry: Running): Promise<void> {
  const { database, clock, log } = parts;
  const { wake, control } = entry;
  const facts = { job: wake.job, key: wake.wake_key };
  const handler = parts.handlers[wake.job] as JobHandler; // only jobs with a handler are claimed
  try {
    const result = await handler(wake.wake_key, control.signal);
    const again = result ? plusMs(clock.now(), Math.max(0, result.againInMs)) : null;
    if (!(await putSuccess(database, wake, again))) log.warn(facts, 'finished after its lease was lost');
  } catch (error) {
    if (control.signal.reason instanceof Stopping) return putBack(database, wake, clock.now());
    const failure = {
      reason: reasonOf(error),
      now: clock.now(),
      random: Math.random(),
      policy: parts.policy,
    };
    const state = await putFailure(database, wake, failure);
    const told = { ...facts, reason: failure.reason, attempt: wake.attempts + 1 };
    if (state === 'dead') log.error(told, 'gave up; retry it when the cause is gone');
    else log.warn(told, state === null ? 'failed after its lease was lost' : 'failed; tried again later');
  }
}

/** Renews our leases, stops handlers whose lease somebody else took, and frees keys of dead workers. */
async function signsOfLife(parts: SqlWorkerParts, running: Set<Running>): Promise<void> {
  try {
    const held = [...running];
    if (held.length > 0) {
      const until = plusMs(parts.clock.now(), parts.policy.leaseMs);
      const renewed = await renewLeases(
        parts.database,
        held.map((entry) => entry.wake),
        until,
      );
      const ours = new Set(renewed.map(nameOf));
      for (const entry of held) {
        if (running.has(entry) && !ours.has(nameOf(entry.wake)))
          entry.control.abort(new LeaseLost('the lease was lost'));
      }
    }
    await sweep(parts);
  } catch (error) {
    parts.log.error({ reason: reasonOf(error) }, 'leases could not be renewed');
  }
}

async function sweep(parts: SqlWorkerParts): Promise<void> {
  const { database, clock, policy } = parts;
  // Process ids say something only where all workers are on one machine, as with SQLite.
  const gone = database.engine === 'sqlite' ? ownerEnded : () => false;
  const freed = await sweepLeases(database, clock.now(), { policy, gone });
  if (freed > 0) {
    parts.log.warn({ keys: freed }, 'keys of a dead worker are free again');
    parts.bell.ring();
  }
}

/** Graceful first: handlers may end by themselves. Then they are told to; one that still goes on keeps its lease until it runs out. */
async function finish(parts: SqlWorkerParts, running: Set<Running>): Promise<void> {
  const ended = Promise.all([...running].map((entry) => entry.done));
  if (await within(ended, parts.policy.graceMs)) return;
  for (const entry of running) entry.control.abort(new Stopping('the process stops'));
  if (await within(ended, parts.policy.graceMs)) return;
  const keys = [...running].map(({ wake }) => `${wake.job} ${wake.wake_key}`);
  parts.log.error({ keys }, 'handlers did not stop; their keys run again when the leases run out');
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

function nameOf(wake: { job: string; wake_key: string; lease: string }): string {
  return JSON.stringify([wake.job, wake.wake_key, wake.lease]);
}
