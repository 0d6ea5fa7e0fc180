import type { JobQueue } from './job-queue.js';
import { type SqlQueueParts, sqlQueue } from './sql-queue.js';

/** The queue an address names: `embedded` lives in the house's database, `redis://…` in Redis. What talks to Redis is loaded only then. */
export async function openQueue(address: string, parts: SqlQueueParts): Promise<JobQueue> {
  if (address === 'embedded') return sqlQueue(parts);
  const { bullQueue } = await import('./bull-queue.js');
  return bullQueue({ address, log: parts.log, ...(parts.policy ? { policy: parts.policy } : {}) });
}
