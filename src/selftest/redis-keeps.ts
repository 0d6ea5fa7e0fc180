import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { OperatorError } from '../domain/errors.js';
import { reasonOf } from '../queue/job-queue.js';

/** What came of asking a Redis to keep something. */
export interface RedisResult {
  readonly written: number;
  readonly lost: number;
}

const WRITES = 1_000;

/**
 * Writes keys over one connection that is cut without a goodbye, and reads them over another. Lost hints cost the house time, never work; a Redis
 * that loses them at once is full, evicts, or is not the one it seems to be. Throws `redis_unreachable`.
 */
export async function redisKeeps(address: string): Promise<RedisResult> {
  const key = `omnifeed-selftest:${randomUUID()}`;
  const writer = connection(address);
  const reader = connection(address);
  try {
    await Promise.all([writer.connect(), reader.connect()]);
    let written = 0;
    for (; written < WRITES; written += 1) await writer.hset(key, String(written), '1');
    writer.disconnect();
    return { written, lost: written - (await reader.hlen(key)) };
  } catch (cause) {
    throw new OperatorError(
      'redis_unreachable',
      `Redis cannot be used: ${reasonOf(cause)}`,
      'Check `queue` in omnifeed.yaml, then that the server runs.',
      cause,
    );
  } finally {
    await reader.del(key).catch(() => undefined);
    writer.disconnect();
    reader.disconnect();
  }
}

function connection(address: string): Redis {
  const redis = new Redis(address, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined); // told by the rejected calls
  return redis;
}
