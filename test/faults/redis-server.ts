import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { listening } from './raw-server.js';

/** A Redis of the test's own, to be killed. */
export interface OwnRedis {
  readonly port: number;
  /** Where it keeps its append-only file. */
  readonly folder: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port, from what it kept on disk. */
  start(): Promise<void>;
  /** Sends one command and waits for the answer. */
  tell(command: string, ...args: readonly string[]): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Starts a Redis that appends every write to its file; `more` are further arguments of the server. */
export async function ownRedis(more: readonly string[] = []): Promise<OwnRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-redis-'));
  const port = await freePort();
  const kept = ['--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    const at = ['--port', String(port), '--bind', '127.0.0.1'];
    child = spawn('redis-server', [...at, ...kept, ...more], { stdio: 'ignore' });
    await answers(port);
  }
  async function kill(): Promise<void> {
    const running = child;
    if (!running || running.signalCode !== null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    port,
    folder,
    kill,
    start,
    async tell(command, ...args) {
      const redis = connection(port);
      try {
        return await redis.call(command, ...args);
      } finally {
        redis.disconnect();
      }
    },
    async dispose() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function connection(port: number): Redis {
  const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: 300 });
  redis.on('error', () => undefined); // it is not up yet
  return redis;
}

async function answers(port: number): Promise<void> {
  const redis = connection(port);
  await redis.ping();
  redis.disconnect();
}
