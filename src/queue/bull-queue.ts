import { Redis } from 'ioredis';
import type { Log } from '../channel/connector.js';
import { OperatorError } from '../domain/errors.js';
import { type BullWake, type BullWakes, bullWakes } from './bull-wakes.js';
import { runBullWorker } from './bull-worker.js';
import {
  type DeadKey,
  type JobQueue,
  PROCESS_DIED,
  QUEUE_POLICY,
  type QueuePolicy,
  reasonOf,
} from './job-queue.js';

/** What a Redis queue is made of. */
export interface BullQueueParts {
  /** `redis://host:6379` or `rediss://…`. */
  readonly address: string;
  readonly log: Log;
  /** Start of every key in Redis. Default `omnifeed`. */
  readonly prefix?: string;
  readonly policy?: Partial<QueuePolicy>;
}

const ANSWER_MS = 2_000;
const RING_EVERY_MS = 30_000;
const MOST_UNSENT = 10_000;

/**
 * The queue on Redis through BullMQ, for several workers on several machines. Redis holds hints only: what could not be
 * sent waits in memory until Redis is back, and what Redis loses the sweep finds in the tables.
 */
export function bullQueue(parts: BullQueueParts): JobQueue {
  const { address, log, prefix = 'omnifeed' } = parts;
  const policy = { ...QUEUE_POLICY, ...parts.policy };
  const redis = new Redis(address, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: ANSWER_MS,
  });
  const wakes = bullWakes(redis, prefix, policy);
  const unsent = unsentWakes(wakes, log);
  const workers = new Set<Promise<void>>();
  const closing = new AbortController();
  const first = reached(redis);
  watch(redis, log, () => void unsent.send());
  wakes.queue.on('error', () => undefined); // the connection is shared with `redis`, whose faults are told by `watch`
  const rounds = setInterval(() => void unsent.send(), RING_EVERY_MS);
  rounds.unref();

  return {
    async wake(job, key, options = {}) {
      const dueMs = Date.now() + (options.delayMs ?? 0);
      await first;
      await unsent.put({ job, key }, dueMs);
    },
    async work(handlers, { concurrency, signal }) {
      await first;
      await unsent.send();
      const stop = AbortSignal.any([signal, closing.signal]);
      const worker = runBullWorker({ address, prefix, wakes, log, policy, handlers, concurrency, stop });
      workers.add(worker);
      await worker.finally(() => workers.delete(worker));
    },
    async dead() {
      await first;
      return deadKeys(wakes, policy).catch(unreachable);
    },
    async revive(job, key) {
      await first;
      return wakes.revive({ job, key });
    },
    async depth() {
      await first;
      const counts = await wakes.queue
        .getJobCounts('waiting', 'delayed', 'active', 'failed')
        .catch(unreachable);
      const { waiting = 0, delayed = 0, active = 0, failed = 0 } = counts;
      return { waiting: waiting + delayed, running: active, dead: failed };
    },
    async close() {
      closing.abort();
      clearInterval(rounds);
      await Promise.allSettled(workers);
      await wakes.queue.close();
      redis.disconnect();
    },
  };
}

/** Sends wakes, keeps those that could not be sent (folded by key), and sends them when Redis is back. */
function unsentWakes(wakes: BullWakes, log: Log) {
  const kept = new Map<string, { wake: BullWake; dueMs: number }>();

  async function put(wake: BullWake, dueMs: number): Promise<void> {
    const name = JSON.stringify([wake.job, wake.key]);
    try {
      await within(ANSWER_MS, wakes.want(wake, dueMs));
    } catch (error) {
      const known = kept.get(name);
      if (!known && kept.size >= MOST_UNSENT) {
        log.error({ ...wake, reason: reasonOf(error) }, 'a wake was lost; the sweep finds what it was about');
        return;
      }
      kept.set(name, { wake, dueMs: Math.min(dueMs, known?.dueMs ?? dueMs) });
    }
  }

  return {
    put,
    async send(): Promise<void> {
      const waiting = [...kept.values()];
      kept.clear();
      for (const { wake, dueMs } of waiting) await put(wake, dueMs);
      try {
        await wakes.ringAll();
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'Redis does not answer; wakes wait');
      }
    },
  };
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The first connection takes a moment; after that moment Redis counts as down, and nothing waits for it. */
async function reached(redis: Redis): Promise<void> {
  await within(ANSWER_MS, new Promise<void>((resolve) => void redis.once('ready', resolve))).catch(
    () => undefined,
  );
}

/**
 * One line when Redis goes away and one when it is back, however often connecting fails in between. A connection that was lost and is there
 * again before an attempt failed tells no fault, but calls failed meanwhile all the same.
 */
function watch(redis: Redis, log: Log, back: () => void): void {
  let told = false;
  let lost = false;
  redis.on('error', (error: Error) => {
    if (!told) log.warn({ reason: reasonOf(error) }, 'Redis cannot be reached; wakes wait until it is back');
    told = true;
  });
  redis.on('close', () => {
    lost = true;
  });
  redis.on('ready', () => {
    if (told) log.info({}, 'Redis is back');
    if (told || lost) back();
    told = false;
    lost = false;
  });
}

async function deadKeys(wakes: BullWakes, policy: QueuePolicy): Promise<DeadKey[]> {
  const failed = await wakes.queue.getFailed();
  return failed
    .sort((a, b) => (a.finishedOn ?? 0) - (b.finishedOn ?? 0))
    .map((job) => {
      const crashes = job.stalledCounter;
      const crashed = crashes >= policy.crashes && job.attemptsMade < policy.attempts;
      return {
        job: job.data.job,
        key: job.data.key,
        reason: crashed ? PROCESS_DIED : (job.failedReason ?? ''),
        attempts: job.attemptsMade,
        crashes,
      };
    });
}

function unreachable(cause: unknown): never {
  throw new OperatorError(
    'redis_unreachable',
    'Redis does not answer, so the queue cannot be looked at',
    'Start Redis or check `queue` in omnifeed.yaml. No work is lost: it goes on when Redis is back.',
    cause,
  );
}
