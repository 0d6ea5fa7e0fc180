import { bullQueue } from './bull-queue.js';
import type { JobQueue } from './job-queue.js';
import { type SqlQueueParts, sqlQueue } from './sql-queue.js';

/** The queue an address names: `embedded` lives in the house's database, `redis://…` in Redis. */
export function openQueue(address: string, parts: SqlQueueParts): JobQueue {
  if (address === 'embedded') return sqlQueue(parts);
  return bullQueue({ address, log: parts.log, ...(parts.policy ? { policy: parts.policy } : {}) });
}
