import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobHandlers, JobQueue, QueuePolicy } from '../../src/queue/job-queue.js';

/** One place where queues meet: several queues opened on it see the same wakes. */
export interface QueueStage {
  open(policy?: Partial<QueuePolicy>): JobQueue;
  /** Leaves a key as a process leaves it that died while it ran. */
  crashWhileRunning(job: string, key: string): Promise<void>;
  dispose(): Promise<void>;
}

const QUICK: Partial<QueuePolicy> = { leaseMs: 2_000, restMs: 400, graceMs: 200 };
const WAIT = { timeout: 20_000, interval: 5 };

/** What every queue of the house promises, whatever it is made of. */
export function queueContract(title: string, setUp: () => Promise<QueueStage>): void {
  describe(`a job queue: ${title}`, () => {
    let stage: QueueStage;
    let stop: AbortController;
    let working: Promise<void>[];

    beforeEach(async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0.001); // back-off without waiting
      stage = await setUp();
      stop = new AbortController();
      working = [];
    });
    afterEach(async () => {
      stop.abort();
      await Promise.all(working);
      await stage.dispose();
      vi.restoreAllMocks();
    });

    function work(queue: JobQueue, handlers: JobHandlers, concurrency = 4): void {
      working.push(queue.work(handlers, { concurrency, signal: stop.signal }));
    }

    async function idle(queue: JobQueue): Promise<void> {
      await vi.waitFor(async () => {
        const { waiting, running } = await queue.depth();
        expect(waiting + running).toBe(0);
      }, WAIT);
    }

    it('runs a woken key and forgets it', async () => {
      const queue = stage.open(QUICK);
      const seen: string[] = [];
      work(queue, { look: async (key) => void seen.push(key) });
      await queue.wake('look', 'channel: ä/1');
      await vi.waitFor(() => expect(seen).toEqual(['channel: ä/1']), WAIT);
      await idle(queue);
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0, dead: 0 });
    });

    it('folds equal wakes into one look', async () => {
      const queue = stage.open(QUICK);
      for (let i = 0; i < 20; i++) await queue.wake('look', 'a');
      await queue.wake('look', 'b');
      expect((await queue.depth()).waiting).toBe(2);
      const seen: string[] = [];
      work(queue, { look: async (key) => void seen.push(key) });
      await idle(queue);
      expect(seen.sort()).toEqual(['a', 'b']);
    });

    it('keeps the earlier time of two wakes for a waiting key, in either order', async () => {
      const queue = stage.open(QUICK);
      const seen: string[] = [];
      await queue.wake('look', 'sooner', { delayMs: 60_000 });
      await queue.wake('look', 'sooner', { delayMs: 10 });
      await queue.wake('look', 'first', { delayMs: 10 });
      await queue.wake('look', 'first', { delayMs: 60_000 });
      work(queue, { look: async (key) => void seen.push(key) });
      await vi.waitFor(() => expect(seen.sort()).toEqual(['first', 'sooner']), WAIT);
      await idle(queue);
    });

    it('does not run a key before its time', async () => {
      const queue = stage.open(QUICK);
      const wokenAt = Date.now();
      let ranAt = 0;
      work(queue, {
        look: async () => {
          ranAt = Date.now();
        },
      });
      await queue.wake('look', 'a', { delayMs: 300 });
      await vi.waitFor(() => expect(ranAt).not.toBe(0), WAIT);
      expect(ranAt - wokenAt).toBeGreaterThanOrEqual(299);
    });

    it('runs a key once more when it is woken while it runs, and never two of it at once', async () => {
      const queue = stage.open(QUICK);
      const other = stage.open(QUICK);
      let runs = 0;
      let inside = 0;
      let most = 0;
      const look = async (): Promise<void> => {
        inside += 1;
        most = Math.max(most, inside);
        runs += 1;
        if (runs === 1) for (let i = 0; i < 10; i++) await queue.wake('look', 'a');
        inside -= 1;
      };
      work(queue, { look });
      work(other, { look });
      await queue.wake('look', 'a');
      await vi.waitFor(() => expect(runs).toBe(2), WAIT);
      await idle(queue);
      expect({ runs, most }).toEqual({ runs: 2, most: 1 });
    });

    it('lets many keys run once each among several workers', async () => {
      const queues = [stage.open(QUICK), stage.open(QUICK), stage.open(QUICK)];
      const counts = new Map<string, number>();
      const look = async (key: string): Promise<void> => void counts.set(key, (counts.get(key) ?? 0) + 1);
      const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
      await Promise.all(keys.map((key, i) => queues[i % 3]!.wake('look', key)));
      for (const queue of queues) work(queue, { look });
      await idle(queues[0]!);
      expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
      expect(counts.size).toBe(60);
    });

    it('comes back by itself when the handler asks for it', async () => {
      const queue = stage.open(QUICK);
      let runs = 0;
      work(queue, {
        look: async () => {
          runs += 1;
          return runs < 3 ? { againInMs: 5 } : undefined;
        },
      });
      await queue.wake('look', 'a');
      await vi.waitFor(() => expect(runs).toBe(3), WAIT);
      await idle(queue);
      expect(runs).toBe(3);
    });

    it('takes the earlier of a wake during the run and the time the handler asks for', async () => {
      const queue = stage.open(QUICK);
      let runs = 0;
      work(queue, {
        look: async (key) => {
          runs += 1;
          if (runs === 1) await queue.wake('look', key, { delayMs: 10 });
          return runs === 1 ? { againInMs: 60_000 } : undefined;
        },
      });
      await queue.wake('look', 'a');
      await vi.waitFor(() => expect(runs).toBe(2), WAIT);
      await idle(queue);
    });

    it('gives up on a poison key after five failures, names the reason, and serves its neighbours', async () => {
      const queue = stage.open({ ...QUICK, restMs: 60_000 });
      let tries = 0;
      const seen: string[] = [];
      work(
        queue,
        {
          look: async (key) => {
            if (key !== 'poison') return void seen.push(key);
            tries += 1;
            throw Object.assign(new Error('bad\nrow'), { code: 'bad_row' });
          },
        },
        1,
      );
      await queue.wake('look', 'poison');
      await queue.wake('look', 'neighbour');
      await vi.waitFor(async () => expect(await queue.dead()).toHaveLength(1), WAIT);
      expect(seen).toEqual(['neighbour']);
      expect(tries).toBe(5);
      expect(await queue.dead()).toEqual([
        { job: 'look', key: 'poison', reason: 'bad_row: bad row', attempts: 5, crashes: 0 },
      ]);
      await queue.wake('look', 'poison');
      await queue.wake('look', 'neighbour');
      await vi.waitFor(() => expect(seen).toHaveLength(2), WAIT);
      const settled = { waiting: 0, running: 0, dead: 1 };
      await vi.waitFor(async () => expect(await queue.depth()).toEqual(settled), WAIT);
      expect(tries).toBe(5);
    });

    it('revives a dead key with a clean record', async () => {
      const queue = stage.open({ ...QUICK, attempts: 1, restMs: 60_000 });
      let broken = true;
      let good = 0;
      work(queue, {
        look: async () => {
          if (broken) throw new Error('down');
          good += 1;
        },
      });
      await queue.wake('look', 'a');
      await vi.waitFor(async () => expect(await queue.dead()).toHaveLength(1), WAIT);
      broken = false;
      expect(await queue.revive('look', 'a')).toBe(true);
      await vi.waitFor(() => expect(good).toBe(1), WAIT);
      await idle(queue);
      expect(await queue.dead()).toEqual([]);
      expect(await queue.revive('look', 'a')).toBe(false);
    });

    it('tries a dead key once more when it is woken after its rest', async () => {
      const queue = stage.open({ ...QUICK, attempts: 2 });
      let tries = 0;
      work(queue, {
        look: async () => {
          tries += 1;
          if (tries < 4) throw new Error('down');
        },
      });
      await queue.wake('look', 'a');
      await vi.waitFor(async () => expect(await queue.dead()).toHaveLength(1), WAIT);
      expect(tries).toBe(2);
      await vi.waitFor(async () => {
        await queue.wake('look', 'a');
        expect(tries).toBe(4);
      }, WAIT);
      await vi.waitFor(async () => expect(await queue.dead()).toEqual([]), WAIT);
    });

    it('takes over the key of a process that died, and gives it up after the second death', async () => {
      const queue = stage.open({ ...QUICK, restMs: 60_000 });
      await queue.wake('look', 'killer');
      await stage.crashWhileRunning('look', 'killer');
      let runs = 0;
      const look = async (): Promise<void> => {
        runs += 1;
      };
      const first = new AbortController();
      const working = queue.work({ look }, { concurrency: 1, signal: first.signal });
      await vi.waitFor(() => expect(runs).toBe(1), WAIT);
      await idle(queue);
      first.abort();
      await working;

      await queue.wake('look', 'killer');
      await stage.crashWhileRunning('look', 'killer');
      await stage.crashWhileRunning('look', 'killer');
      work(queue, { look });
      await vi.waitFor(async () => expect(await queue.dead()).toHaveLength(1), WAIT);
      expect((await queue.dead())[0]?.reason).toMatch(/process/);
      expect(runs).toBe(1);
    });

    it('keeps the lease of a handler that runs longer than it', async () => {
      const queue = stage.open({ ...QUICK, leaseMs: 600 });
      const other = stage.open({ ...QUICK, leaseMs: 600 });
      let runs = 0;
      const until = Date.now() + 2_000;
      const look = async (): Promise<void> => {
        runs += 1;
        await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(until), { timeout: 5_000 });
      };
      work(queue, { look });
      work(other, { look });
      await queue.wake('look', 'slow');
      await idle(queue);
      expect(runs).toBe(1);
      expect(await queue.dead()).toEqual([]);
    });

    it('lets a running handler finish when it is closed, and takes nothing new', async () => {
      const queue = stage.open({ ...QUICK, graceMs: 10_000 });
      const watch = stage.open(QUICK);
      let finish = (): void => undefined;
      const seen: string[] = [];
      const looking = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const signal = new AbortController().signal;
      working.push(
        queue.work(
          {
            look: async (key) => {
              seen.push(key);
              if (key === 'a') await looking;
            },
          },
          { concurrency: 1, signal },
        ),
      );
      await queue.wake('look', 'a');
      await vi.waitFor(() => expect(seen).toEqual(['a']), WAIT);
      await watch.wake('look', 'b');
      const closed = queue.close();
      finish();
      await closed;
      expect(seen).toEqual(['a']);
      expect(await watch.depth()).toEqual({ waiting: 1, running: 0, dead: 0 });
    });

    it('tells a handler that goes on too long to stop, and gives its key back without blame', async () => {
      const queue = stage.open({ ...QUICK, graceMs: 50 });
      const watch = stage.open(QUICK);
      let started = false;
      working.push(
        queue.work(
          {
            look: (_key, signal) =>
              new Promise((_resolve, reject) => {
                started = true;
                signal.addEventListener('abort', () => reject(signal.reason));
              }),
          },
          { concurrency: 1, signal: new AbortController().signal },
        ),
      );
      await queue.wake('look', 'a');
      await vi.waitFor(() => expect(started).toBe(true), WAIT);
      await queue.close();
      const seen: string[] = [];
      work(watch, { look: async (key) => void seen.push(key) });
      await vi.waitFor(() => expect(seen).toEqual(['a']), WAIT);
      await idle(watch);
      expect(await watch.dead()).toEqual([]);
    });

    it('leaves jobs it has no handler for to others', async () => {
      const queue = stage.open(QUICK);
      const other = stage.open(QUICK);
      const seen: string[] = [];
      work(queue, { look: async (key) => void seen.push(`look ${key}`) });
      await queue.wake('settle', 'a');
      await queue.wake('look', 'b');
      await vi.waitFor(() => expect(seen).toEqual(['look b']), WAIT);
      work(other, { settle: async (key) => void seen.push(`settle ${key}`) });
      await vi.waitFor(() => expect(seen).toEqual(['look b', 'settle a']), WAIT);
      await idle(queue);
    });
  });
}
