import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { sqlQueue } from '../../src/queue/sql-queue.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { realClock, silentLog } from '../support/silent-log.js';

const LEASE_MS = 400;
const POLICY = { leaseMs: LEASE_MS };

/** A worker in a process of its own: says \`took\` when it has the key, ends its run when told to, and says how its commit went. */
const SCRIPT = `
const [, root, address, leaseMs] = process.argv;
const { connectDatabase } = await import(root + '/db/connect.js');
const { sqlQueue } = await import(root + '/queue/sql-queue.js');
const say = (word) => process.stdout.write(word + '\\n');
const log = { info() {}, warn: (_facts, text) => say('warn: ' + text), error: (_facts, text) => say('error: ' + text) };
const clock = { now: () => new Date().toISOString(), monotonicMs: () => performance.now() };
const database = await connectDatabase(address);
const queue = sqlQueue({ database, clock, log, policy: { leaseMs: Number(leaseMs) } });
const stop = new AbortController();
const told = new Promise((resolve) => process.stdin.once('data', resolve));
await queue.work({ look: async () => { say('took'); await told; say('done'); stop.abort(); return { againInMs: 3600000 }; } }, { concurrency: 1, signal: stop.signal });
await database.close();
process.exit(0);
`;

onEachDatabase('a worker that was paused longer than its lease', (open) => {
  let test: TestDatabase | undefined;
  let child: ChildProcess | undefined;
  afterEach(async () => {
    child?.kill('SIGKILL');
    await test?.dispose();
  });

  it('writes nothing about a key that somebody else has finished meanwhile', async () => {
    test = await open();
    const { database } = test;
    const queue = sqlQueue({ database, clock: realClock, log: silentLog, policy: POLICY });
    const root = path.join(packageRoot(), 'dist/src');
    const args = ['--input-type=module', '-e', SCRIPT, root, test.address, String(LEASE_MS)];
    child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    await queue.wake('look', 'a');
    await vi.waitFor(() => expect(said).toContain('took'), { timeout: 10_000, interval: 10 });
    child.kill('SIGSTOP');

    const stop = new AbortController();
    let runs = 0;
    const working = queue.work(
      {
        look: async () => {
          runs += 1;
        },
      },
      { concurrency: 1, signal: stop.signal },
    );
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 10_000, interval: 10 });
    await vi.waitFor(async () => expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0 }), {
      timeout: 10_000,
    });
    await queue.wake('later', 'a'); // something to be seen untouched
    stop.abort();
    await working;

    const zombie = child;
    const ended = new Promise((resolve) => zombie.once('close', resolve));
    zombie.stdin?.write('go on\n');
    zombie.kill('SIGCONT');
    await ended;
    expect(said).toContain('done');
    expect(said).toMatch(/warn: (finished|failed) after its lease was lost/);
    expect(await database.all('SELECT job, wake_key, crashes FROM wake')).toEqual([
      { job: 'later', wake_key: 'a', crashes: 0 },
    ]);
    await queue.close();
  });

  it('does not take the key away from the one who has it now', async () => {
    test = await open();
    const { database } = test;
    const queue = sqlQueue({ database, clock: realClock, log: silentLog, policy: POLICY });
    const root = path.join(packageRoot(), 'dist/src');
    const args = ['--input-type=module', '-e', SCRIPT, root, test.address, String(LEASE_MS)];
    child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    await queue.wake('look', 'a');
    await vi.waitFor(() => expect(said).toContain('took'), { timeout: 10_000, interval: 10 });
    child.kill('SIGSTOP');
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let runs = 0;
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      runs += 1;
      await held;
    };
    const working = queue.work({ look }, { concurrency: 1, signal: stop.signal });
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 10_000, interval: 10 });
    const mine = await database.get<{ lease: string }>('SELECT lease FROM wake');
    const zombie = child;
    const ended = new Promise((resolve) => zombie.once('close', resolve));
    zombie.stdin?.write('go on\n');
    zombie.kill('SIGCONT');
    await ended;
    expect(await database.get('SELECT lease, state FROM wake')).toEqual({ ...mine, state: 'waiting' });
    finish();
    await vi.waitFor(async () => expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0 }), {
      timeout: 10_000,
    });
    expect(runs).toBe(1);
    stop.abort();
    await working;
    await queue.close();
  });
});
