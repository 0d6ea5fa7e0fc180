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
    const parts = [await redis.info('server'), await redis.info('memory'), await redis.info('persistence')];
    const info = parts.join('\n');
    const value = (name: string): string =>
      new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
    const policy = value('maxmemory_policy');
    const aof = value('aof_enabled') === '1' ? 'yes' : 'no';
    const version = value('redis_version');
    return [
      { name: 'version', value: version, wanted: OLDEST, ok: isAtLeast(version, OLDEST) },
      secrecy(address),
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

/** What BullMQ asks for (docs.bullmq.io, "Going to production", verified 2026-11). */
const OLDEST = '6.2.0';

function isAtLeast(version: string, oldest: string): boolean {
  const [found, wanted] = [version, oldest].map((text) => text.split('.').map(Number));
  for (const [place, least] of (wanted ?? []).entries()) {
    const part = found?.[place] ?? Number.NaN;
    if (part !== least) return part > least;
  }
  return true;
}

/** A Redis on another machine that asks for no password is open to whoever reaches it. */
function secrecy(address: string): DurabilityFact {
  const { hostname, password, protocol } = new URL(address);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const value = password === '' ? 'none' : protocol === 'rediss:' ? 'password, over TLS' : 'password';
  return { name: 'authentication', value, wanted: 'a password', ok: here || password !== '' };
}
