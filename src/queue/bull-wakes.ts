import { type Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueuePolicy } from './job-queue.js';

/** A wake as Redis holds it: a job and a key, never a payload. */
export interface BullWake {
  readonly job: string;
  readonly key: string;
}

/**
 * The wanted looks of a queue. A hash says which keys are wanted and since when; a BullMQ job under the key's own id is the
 * bell. BullMQ ignores a second job with an id that still exists, so the hash is what remembers a wake for a running key;
 * its own deduplication (`keepLastIfActive`) forgets that a key is dead and does not keep the earlier of two times.
 */
export interface BullWakes {
  readonly queue: Queue<BullWake>;
  /** Remembers a wanted look, the earlier time wins, and rings. */
  want(wake: BullWake, dueMs: number): Promise<void>;
  /** A run begins: it answers for everything wanted until now. */
  begun(wake: BullWake): Promise<void>;
  /** Remembers a look without ringing: the key is running. */
  later(wake: BullWake, dueMs: number): Promise<void>;
  /** Rings for a key whose run has ended, when it is wanted again. */
  ended(wake: BullWake): Promise<void>;
  /** Rings for everything that is wanted; mends bells lost with a process. */
  ringAll(): Promise<void>;
  revive(wake: BullWake): Promise<boolean>;
}

/** Sets the field unless an earlier time stands there; answers whether it changed. */
const EARLIER = `local old = redis.call('HGET', KEYS[1], ARGV[1])
if old and tonumber(old) <= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/** The wakes of a queue called `name` under `prefix` in Redis. */
export function bullWakes(redis: Redis, prefix: string, policy: QueuePolicy): BullWakes {
  const queue = new Queue<BullWake>('wakes', {
    connection: redis,
    prefix,
    skipWaitingForReady: true,
    skipVersionCheck: true,
  });
  const hash = `${prefix}:wanted`;

  async function remember(wake: BullWake, dueMs: number): Promise<boolean> {
    return (await redis.eval(EARLIER, 1, hash, idOf(wake), String(dueMs))) === 1;
  }

  async function ring(wake: BullWake, dueMs: number, sooner: boolean): Promise<void> {
    const delay = Math.max(0, dueMs - Date.now());
    const known = (await queue.getJob(idOf(wake))) as Job<BullWake> | undefined;
    if (!known) {
      await queue.add(
        wake.job,
        { job: wake.job, key: wake.key },
        { ...optionsOf(policy), jobId: idOf(wake), delay },
      );
    } else if (known.finishedOn !== undefined) {
      if (known.finishedOn + policy.restMs <= Date.now()) await unlessMoved(known.retry('failed'));
    } else if (sooner && known.attemptsMade === 0 && (await known.isDelayed())) {
      await unlessMoved(known.changeDelay(delay));
    }
  }

  return {
    queue,
    want: async (wake, dueMs) => ring(wake, dueMs, await remember(wake, dueMs)),
    begun: async (wake) => void (await redis.hdel(hash, idOf(wake))),
    later: async (wake, dueMs) => void (await remember(wake, dueMs)),
    async ended(wake) {
      const due = await redis.hget(hash, idOf(wake));
      if (due !== null) await ring(wake, Number(due), false);
    },
    async ringAll() {
      for (const id of await redis.hkeys(hash)) {
        const due = await redis.hget(hash, id); // a run may have answered for it meanwhile
        if (due !== null) await ring(wakeOf(id), Number(due), false);
      }
    },
    async revive(wake) {
      const known = await queue.getJob(idOf(wake));
      if (!known || !(await known.isFailed())) return false;
      await known.remove();
      await remember(wake, Date.now());
      await ring(wake, Date.now(), false);
      return true;
    },
  };
}

function optionsOf(policy: QueuePolicy) {
  return {
    attempts: policy.attempts,
    backoff: { type: 'custom' },
    removeOnComplete: true,
    removeOnFail: false,
  };
}

/** BullMQ forbids `:` in ids; encoding both parts keeps the id readable and unambiguous. */
function idOf({ job, key }: BullWake): string {
  return `${encodeURIComponent(job)}/${encodeURIComponent(key)}`;
}

function wakeOf(id: string): BullWake {
  const [job = '', key = ''] = id.split('/').map(decodeURIComponent);
  return { job, key };
}

// BullMQ's codes for "gone", "not in that state" and "locked": a worker took the key in between, which is what was wanted.
const MOVED = new Set([-1, -2, -3]);

async function unlessMoved(move: Promise<unknown>): Promise<void> {
  try {
    await move;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!MOVED.has(code as number)) throw error;
  }
}
