/**
 * What a job does for one key: it reads everything it needs and looks again. `againInMs`: when to come back by itself;
 * nothing: done until somebody wakes it. Throwing backs off. The signal is aborted when the process stops or the
 * lease is lost: the handler stops sending and may throw.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that has nothing to say returns nothing at all.
export type JobHandler = (key: string, signal: AbortSignal) => Promise<{ readonly againInMs: number } | void>;

/** Job name → what it does. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/**
 * Hints to look again, each a job and a key, never a payload. SQL tables are the ledger: whoever loses the queue loses
 * time, never work. Equal wakes fold into one, and one key never runs twice at once.
 */
export interface JobQueue {
  /**
   * Asks for a look at a key, now or after `delayMs`. A waiting key keeps the earlier time, a running key runs once
   * more afterwards, a failing key keeps its back-off, a dead key stays dead until it has rested. Never throws for a
   * queue that cannot be reached. Call it after the commit it is about, never inside a transaction.
   */
  wake(job: string, key: string, options?: { readonly delayMs?: number }): Promise<void>;
  /** Runs handlers until the signal is aborted or the queue is closed; then waits for those under way. */
  work(handlers: JobHandlers, options: WorkOptions): Promise<void>;
  /** Keys that failed too often, with the reason; those that died first come first. */
  dead(): Promise<readonly DeadKey[]>;
  /** Lets a dead key run again at once with a clean record; false when it is not dead. */
  revive(job: string, key: string): Promise<boolean>;
  /** How much there is to do. */
  depth(): Promise<QueueDepth>;
  /** Stops taking work, lets running handlers finish (the grace), then gives connections back. */
  close(): Promise<void>;
}

/** How a process takes part. */
export interface WorkOptions {
  /** Handlers under way at once in this process. */
  readonly concurrency: number;
  /** Aborted: take nothing new, finish what is under way. */
  readonly signal: AbortSignal;
}

/** A key that will not run by itself. */
export interface DeadKey {
  readonly job: string;
  readonly key: string;
  /** The last error, or that the process died while it ran. */
  readonly reason: string;
  readonly attempts: number;
  readonly crashes: number;
}

/** Numbers for `status`, `doctor` and metrics. */
export interface QueueDepth {
  /** Due now or later. */
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
}

/** When a queue gives up on a key and how long it waits. The defaults are in `QUEUE_POLICY`. */
export interface QueuePolicy {
  /** A key is dead after this many failures in a row. */
  readonly attempts: number;
  /** A key is dead after this many processes died while it ran. */
  readonly crashes: number;
  /** A worker that gives no sign of life for this long has lost its keys. */
  readonly leaseMs: number;
  /** A dead key that was woken gets one more try after this rest, so that outages heal without a person. */
  readonly restMs: number;
  /** How long handlers may go on after the order to stop, before their signal is aborted. */
  readonly graceMs: number;
  /** How often the database is asked for what other processes woke. */
  readonly pollMs: number;
}

/** The house's values: 5 failures, 2 crashes, leases of 2 minutes, a try each 15 minutes, 10 s to finish, a look each second. */
export const QUEUE_POLICY: QueuePolicy = {
  attempts: 5,
  crashes: 2,
  leaseMs: 120_000,
  restMs: 900_000,
  graceMs: 10_000,
  pollMs: 1_000,
};

/** Reason of keys whose process died while they ran. */
export const PROCESS_DIED = 'process_died: the process ended or stopped answering while this ran';

/** Why a key failed, in one line that fits a table: code and message, never a stack. */
export function reasonOf(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  return (code === null ? message : `${code}: ${message}`).replace(/\s+/g, ' ').slice(0, 500);
}
