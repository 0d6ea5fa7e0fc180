import { randomUUID } from 'node:crypto';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { describe, expect, it, vi } from 'vitest';
import { bullQueue } from '../../src/queue/bull-queue.js';
import type { JobQueue } from '../../src/queue/job-queue.js';
import { type QueueStage, queueContract } from '../contract/queue.js';
import { redisAddress } from '../support/redis.js';
import { silentLog } from '../support/silent-log.js';

async function stageOn(address: string): Promise<QueueStage> {
  const prefix = `omnifeed-test-${randomUUID()}`;
  const queues: JobQueue[] = [];
  const redis = new Redis(address);
  return {
    open(policy = {}) {
      const queue = bullQueue({ address, log: silentLog, prefix, policy });
      queues.push(queue);
      return queue;
    },
    crashWhileRunning: () => crash(address, prefix),
    async dispose() {
      await Promise.all(queues.map((queue) => queue.close()));
      const keys = await redis.keys(`${prefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    },
  };
}

/** A worker that takes the key and is gone: nothing renews its lock, nothing is said about the outcome. */
async function crash(address: string, prefix: string): Promise<void> {
  let took = false;
  const worker = new Worker(
    'wakes',
    () => {
      took = true;
      return new Promise(() => undefined);
    },
    {
      connection: { url: address, maxRetriesPerRequest: null },
      prefix,
      lockDuration: 100,
      stalledInterval: 50,
      maxStalledCount: 9,
    },
  );
  worker.on('error', () => undefined);
  await vi.waitFor(() => expect(took).toBe(true), { timeout: 10_000, interval: 5 });
  await worker.close(true);
}

if (redisAddress === undefined) {
  process.stderr.write('skipped: the queue on Redis, because OMNIFEED_TEST_REDIS names no server\n');
  describe.skip('BullMQ on Redis', () => it('needs OMNIFEED_TEST_REDIS', () => undefined));
} else {
  const address = redisAddress;
  queueContract('BullMQ on Redis', () => stageOn(address));
}
