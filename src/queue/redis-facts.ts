import { Redis } from 'ioredis';
import type { DurabilityFact } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { reasonOf } from './job-queue.js';

/**
 * Reads back whether a Redis keeps what it is given. It asks INFO, which hosted servers allow where CONFIG is forbidden.
 * Throws `redis_unreachable`.
 */
export async function redisFacts(address: string): Promise<DurabilityFact[]> {
  const redis = new Redis(address, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined); // told by the rejected calls below
  try {
    await redis.connect();
    const info = `${await redis.info('memory')}\n${await redis.info('persistence')}`;
    const value = (name: string): string =>
      new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
    const policy = value('maxmemory_policy');
    const aof = value('aof_enabled') === '1' ? 'yes' : 'no';
    return [
      { name: 'maxmemory-policy', value: policy, wanted: 'noeviction', ok: policy === 'noeviction' },
      { name: 'appendonly', value: aof, wanted: 'yes', ok: aof === 'yes' },
    ];
  } catch (cause) {
    throw new OperatorError(
      'redis_unreachable',
      `Redis cannot be used: ${reasonOf(cause)}`,
      'Check `queue` in omnifeed.yaml, then that the server runs.',
      cause,
    );
  } finally {
    redis.disconnect();
  }
}
