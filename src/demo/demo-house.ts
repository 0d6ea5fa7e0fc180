import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { type App, knownConnectors, openApp } from '../app.js';
import type { RunningSimulator } from '../channel/simulator.js';
import { newKeyText } from '../config/key.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { houseLog } from '../log/log.js';

/** What a demo runs on. */
export interface DemoInput {
  /** The catalog file. */
  readonly catalog: string;
  /** Source mapping for files of no known format. */
  readonly sourceMapping?: string;
  /** Stock file beside the catalog. */
  readonly stock?: string;
  /** Currency of prices that do not name one. */
  readonly currency: string;
  /** The shop's address: links and pictures of the catalog that are relative start here. */
  readonly shopUrl: string;
  /** Folder that is kept; absent: a temporary one that is removed. */
  readonly keep?: string;
  /** Without catalog and channels: a house that waits for its first person. */
  readonly empty?: boolean;
}

/** A house with simulated channels beside it. */
export interface DemoHouse {
  readonly app: App;
  readonly folder: string;
  /** True when the folder stays. */
  readonly kept: boolean;
  /** Nothing is in it yet. */
  readonly empty: boolean;
  /** By channel id. */
  readonly simulators: ReadonlyMap<string, RunningSimulator>;
  close(): Promise<void>;
}

/** The demo's channels that take listings. */
export const LISTING_CHANNELS = ['google-us', 'meta-us', 'amazon-us'] as const;
/** The merchant's own shop: where orders of the marketplace are placed. */
export const SHOP = 'shop';
/** The source of products. */
export const CATALOG = 'catalog';
/** The source of stock counts, where they come in a file of their own. */
export const STOCK = 'stock';
/** The channel that sells. */
export const MARKETPLACE = 'amazon-us';

const DATABASE = 'omnifeed.db';

const CHANNELS: Readonly<Record<string, string>> = {
  'google-us': 'google-merchant',
  'meta-us': 'meta',
  'amazon-us': 'amazon',
  [SHOP]: 'memory',
};

/** Channels whose default mapping takes the shop's address. */
const PARAMS: readonly string[] = ['google-us', 'meta-us'];

/** How long simulated channels take to process what they accepted. */
const PROCESSING_MS = 250;

/** Starts the simulators on loopback, writes an ordinary configuration that names them, and opens the house with it. */
export async function openDemoHouse(input: DemoInput): Promise<DemoHouse> {
  const folder =
    input.keep === undefined
      ? await mkdtemp(path.join(tmpdir(), 'omnifeed-demo-'))
      : path.resolve(input.keep);
  await mkdir(folder, { recursive: true });
  if (existsSync(path.join(folder, DATABASE))) throw folderInUse(folder);
  const empty = input.empty === true;
  const simulators = empty ? new Map<string, RunningSimulator>() : await startSimulators();
  const close = async (app?: App): Promise<void> => {
    await app?.close();
    await Promise.all([...simulators.values()].map((simulator) => simulator.stop()));
    if (input.keep === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, stringify(empty ? EMPTY : configOf(input, simulators)));
    await writeFile(path.join(folder, 'omnifeed.key'), `${newKeyText()}\n`, { mode: 0o600 });
    const app = await openApp(file, {
      environment: {},
      log: houseLog({ level: 'error' }),
      settleAfterMs: PROCESSING_MS,
      practice: true,
    });
    return { app, folder, kept: input.keep !== undefined, empty, simulators, close: () => close(app) };
  } catch (error) {
    await close();
    throw error;
  }
}

function folderInUse(folder: string): OperatorError {
  return new OperatorError(
    'folder_in_use',
    `There is a database in ${folder} already`,
    'The simulated channels begin empty each time: name an empty folder with --keep.',
  );
}

async function startSimulators(): Promise<Map<string, RunningSimulator>> {
  const connectors = knownConnectors();
  const started = new Map<string, RunningSimulator>();
  for (const [channel, connector] of Object.entries(CHANNELS)) {
    const module = await connectors.get(connector).simulator?.();
    if (module) started.set(channel, await module.start({ port: 0, processingMs: PROCESSING_MS }));
  }
  return started;
}

/** What a house has that is set up in its console. */
const EMPTY: JsonObject = { database: DATABASE, log: { level: 'error' } };

function configOf(input: DemoInput, simulators: ReadonlyMap<string, RunningSimulator>): JsonObject {
  const channels = [...simulators].map(([id, simulator]) => [
    id,
    {
      connector: CHANNELS[id],
      ...simulator.market,
      settings: simulator.settings,
      params: PARAMS.includes(id) ? { shopUrl: input.shopUrl, linkPath: '/products/' } : {},
      ...(id === MARKETPLACE ? { orders: { placeIn: SHOP, policy: 'matched' } } : {}),
    },
  ]);
  return {
    database: DATABASE,
    log: { level: 'error' },
    sources: {
      [CATALOG]: {
        path: path.resolve(input.catalog),
        currency: input.currency,
        baseUrl: input.shopUrl,
        ...(input.sourceMapping === undefined ? {} : { mapping: path.resolve(input.sourceMapping) }),
      },
      ...(input.stock === undefined
        ? {}
        : { [STOCK]: { path: path.resolve(input.stock), role: 'supplemental' } }),
    },
    channels: Object.fromEntries(channels) as JsonObject,
  };
}
