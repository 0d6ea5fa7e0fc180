import net from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bullQueue } from '../../src/queue/bull-queue.js';
import type { JobQueue } from '../../src/queue/job-queue.js';
import { silentLog } from '../support/silent-log.js';
import { listening } from './raw-server.js';
import { type OwnRedis, ownRedis } from './redis-server.js';

const WAIT = { timeout: 20_000, interval: 20 };
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function redis(more: readonly string[] = []): Promise<OwnRedis> {
  const own = await ownRedis(more);
  cleanUp.push(() => own.dispose());
  return own;
}

function queueOn(port: number): JobQueue {
  const queue = bullQueue({ address: `redis://127.0.0.1:${port}`, log: silentLog, prefix: 'test' });
  cleanUp.push(() => queue.close());
  return queue;
}

/** Runs every key there is and remembers how often. */
function counting(queue: JobQueue): ReadonlyMap<string, number> {
  const runs = new Map<string, number>();
  const stop = new AbortController();
  const look = async (key: string): Promise<void> => void runs.set(key, (runs.get(key) ?? 0) + 1);
  const working = queue.work({ look }, { concurrency: 4, signal: stop.signal });
  cleanUp.push(async () => {
    stop.abort();
    await working;
  });
  return runs;
}

const keys = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${name}-${n}`);
const wakeAll = async (queue: JobQueue, names: readonly string[]): Promise<void> => {
  for (const name of names) await queue.wake('look', name);
};

describe('Redis', () => {
  it('that is down takes no wake away: those of before, during and after run once it is back', async () => {
    const own = await redis();
    const producer = queueOn(own.port);
    const before = keys('before', 20);
    const during = keys('during', 20);
    const after = keys('after', 20);
    await wakeAll(producer, before);
    await own.kill();
    await Promise.all(during.map((key) => producer.wake('look', key)));
    await own.start();
    await wakeAll(producer, after);
    const runs = counting(queueOn(own.port));
    await vi.waitFor(
      () => expect([...runs.keys()].sort()).toEqual([...before, ...during, ...after].sort()),
      WAIT,
    );
  });

  it('that lost the bells of wanted keys has them rung again', async () => {
    const own = await redis();
    const queue = queueOn(own.port);
    const wanted = keys('wanted', 30);
    await wakeAll(queue, wanted);
    const evicted = await evictBells(own, 0.5);
    expect(evicted).toBeGreaterThan(15);
    const runs = counting(queue);
    await vi.waitFor(() => expect([...runs.keys()].sort()).toEqual([...wanted].sort()), WAIT);
  });

  it('that was flushed takes what the sweep wakes again, by the workers that were there before', async () => {
    const own = await redis();
    const queue = queueOn(own.port);
    const runs = counting(queue);
    await wakeAll(queue, ['first']);
    await vi.waitFor(() => expect(runs.get('first')).toBe(1), WAIT);
    for (let flush = 1; flush <= 5; flush++) {
      await own.tell('FLUSHALL');
      const swept = keys(`sweep-${flush}`, 10);
      await wakeAll(queue, swept);
      await vi.waitFor(() => expect(swept.filter((key) => !runs.has(key))).toEqual([]), WAIT);
    }
  });

  it('that was replaced by its copy is worked from on, by the same process', async () => {
    const first = await redis();
    const copy = await redis(['--replicaof', '127.0.0.1', String(first.port)]);
    const door = await movingDoor(first.port);
    const queue = queueOn(door.port);
    const runs = counting(queue);
    await wakeAll(queue, ['before']);
    await vi.waitFor(() => expect(runs.get('before')).toBe(1), WAIT);
    await vi.waitFor(
      async () => expect(String(await copy.tell('INFO', 'replication'))).toContain('master_link_status:up'),
      WAIT,
    );
    await first.kill();
    const during = keys('during', 10);
    await Promise.all(during.map((key) => queue.wake('look', key)));
    await copy.tell('REPLICAOF', 'NO', 'ONE');
    door.lead(copy.port);
    await vi.waitFor(() => expect(during.filter((key) => !runs.has(key))).toEqual([]), WAIT);
    await wakeAll(queue, ['after']);
    await vi.waitFor(() => expect(runs.get('after')).toBe(1), WAIT);
  });
});

/** Takes the bodies of about that share of the waiting jobs, as a Redis does that evicts; answers how many. */
async function evictBells(own: OwnRedis, share: number): Promise<number> {
  const client = new Redis(own.port, '127.0.0.1');
  const bells = (await client.keys('test:wakes:*')).filter((key) => /look\/wanted-\d+$/.test(key));
  const gone = bells.slice(0, Math.ceil(bells.length * share) + 1);
  await client.del(...gone);
  client.disconnect();
  return gone.length;
}

/** A door whose address stays while what is behind it changes, as the address of a managed Redis does. */
async function movingDoor(port: number): Promise<{ readonly port: number; lead(to: number): void }> {
  let behind = port;
  const open = new Set<net.Socket>();
  const server = net.createServer((inside) => {
    const outside = net.connect(behind, '127.0.0.1');
    for (const socket of [inside, outside]) {
      open.add(socket);
      socket.on('error', () => undefined); // what is behind it is killed
      socket.on('close', () => {
        open.delete(socket);
        inside.destroy();
        outside.destroy();
      });
    }
    inside.pipe(outside).pipe(inside);
  });
  cleanUp.push(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: await listening(server),
    lead(to) {
      behind = to;
      for (const socket of open) socket.destroy();
    },
  };
}
