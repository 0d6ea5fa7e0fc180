import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { type App, knownConnectors, openApp } from '../../src/app.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { JsonObject } from '../../src/domain/json.js';
import { silentLog } from '../support/silent-log.js';
import { ask } from './ask.js';
import { shiftTime } from './shifted-time.mjs';

export const SHOP = 'shop';
export const MARKETPLACE = 'amazon-us';
export const LISTING_CHANNELS = ['google-us', 'meta-us', MARKETPLACE] as const;

const CONNECTORS: Readonly<Record<string, string>> = {
  'google-us': 'google-merchant',
  'meta-us': 'meta',
  [MARKETPLACE]: 'amazon',
  [SHOP]: 'memory',
};

/** Channels in this process, over real HTTP, and the house in a child process that is killed. Both share one database file. */
export interface ChaosHouse {
  /** This process's own view of the house: it never runs jobs. */
  readonly app: App;
  readonly simulators: ReadonlyMap<string, RunningSimulator>;
  /** Amazon's own append-only log of orders and parcels. */
  readonly journal: string;
  /** Starts the house; resolves when it is at work, or at once with `early`. */
  start(early?: boolean): Promise<RunningHouse>;
  /** Lets time pass while nothing runs, for channels and house alike. */
  pass(ms: number): void;
  close(): Promise<void>;
}

/** The house at work in its own process. */
export interface RunningHouse {
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** Asks it to stop; answers its exit code. */
  stop(): Promise<number | null>;
  /** What it wrote to standard error so far. */
  told(): string;
}

/** Starts the simulators, imports nothing yet. */
export async function openChaosHouse(catalog: string): Promise<ChaosHouse> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-chaos-'));
  const journal = path.join(folder, 'amazon.log');
  const simulators = await startSimulators();
  await order(simulators, MARKETPLACE, 'log', { path: journal });
  const file = path.join(folder, 'omnifeed.yaml');
  await writeFile(file, stringify(configOf(catalog, simulators)));
  const environment = { ...process.env, OMNIFEED_KEY: randomBytes(32).toString('base64') };
  const app = await openApp(file, { environment, log: silentLog });
  let shiftMs = 0;
  return {
    app,
    simulators,
    journal,
    start: (early = false) =>
      startHouse(file, { ...environment, OMNIFEED_CHAOS_SHIFT_MS: String(shiftMs) }, early),
    pass(ms) {
      shiftMs += ms;
      shiftTime(shiftMs);
    },
    async close() {
      shiftTime(0);
      await app.close();
      await Promise.all([...simulators.values()].map((simulator) => simulator.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startSimulators(): Promise<Map<string, RunningSimulator>> {
  const known = knownConnectors();
  const started = new Map<string, RunningSimulator>();
  for (const [channel, connector] of Object.entries(CONNECTORS)) {
    const module = await known.get(connector).simulator?.();
    if (module) started.set(channel, await module.start({ port: 0, processingMs: 150 }));
  }
  return started;
}

function configOf(catalog: string, simulators: ReadonlyMap<string, RunningSimulator>): JsonObject {
  const channels = [...simulators].map(([id, simulator]) => [
    id,
    {
      connector: CONNECTORS[id],
      ...simulator.market,
      settings: simulator.settings,
      params:
        id === MARKETPLACE || id === SHOP ? {} : { shopUrl: 'https://shop.example', linkPath: '/products/' },
      ...(id === MARKETPLACE ? { orders: { placeIn: SHOP, policy: 'matched' } } : {}),
    },
  ]);
  return {
    database: 'omnifeed.db',
    http: { port: 0 },
    log: { level: 'info' },
    sources: { catalog: { path: catalog, currency: 'USD', baseUrl: 'https://shop.example' } },
    channels: Object.fromEntries(channels) as JsonObject,
  };
}

/** `POST /_sim/<name>`, as a person at the simulator would. */
export async function order(
  simulators: ReadonlyMap<string, RunningSimulator>,
  channel: string,
  name: string,
  body: object,
): Promise<void> {
  const url = `${simulators.get(channel)?.url}/_sim/${name}`;
  const response = await ask(url, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

/** The command line's `start` where this build has it, else the same few lines in a script. */
function programOf(file: string): string[] {
  const built = path.join(packageRoot(), 'dist/src');
  if (readFileSync(path.join(built, 'cli/commands.js'), 'utf8').includes('addStart'))
    return [path.join(built, 'main.js'), 'start', '--config', file];
  return [path.join(import.meta.dirname, 'start-house.mjs'), file];
}

async function startHouse(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  early: boolean,
): Promise<RunningHouse> {
  const preload = path.join(import.meta.dirname, 'shifted-time.mjs');
  const child = spawn(process.execPath, ['--import', preload, ...programOf(file)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told = (told + chunk.toString('utf8')).slice(-20_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const atWork = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve());
    child.stderr.once('data', () => resolve());
  });
  if (!early) await Promise.race([atWork, ended]);
  if (hasEnded(child)) throw new Error(`the house ended by itself (${child.exitCode}):\n${told}`);
  return {
    async kill() {
      if (hasEnded(child)) throw new Error(`the house ended by itself (${child.exitCode}):\n${told}`);
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
    told: () => told,
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
