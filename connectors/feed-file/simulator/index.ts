import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningSimulator, SimulatorModule } from '../../../src/channel/simulator.js';
import {
  type SimulatorReply,
  type SimulatorRequest,
  type SimulatorRoutes,
  serveSimulator,
} from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { readGoogleRss } from './read-google-rss.js';

/** A channel that fetches a file: a folder for it, a door to fetch it through, and a reader of its own. */
export const simulator: SimulatorModule = {
  async start({ port }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-feed-'));
    const fetching = fetchingChannel(path.join(folder, 'products.xml'));
    const server = await serveSimulator(fetching.routes, port);
    return { ...fetching.running(server), stop: () => server.stop().then(() => rmSync(folder, REMOVE)) };
  },
};

const REMOVE = { recursive: true, force: true } as const;

interface FetchingChannel {
  readonly routes: SimulatorRoutes;
  running(server: Awaited<ReturnType<typeof serveSimulator>>): Omit<RunningSimulator, 'stop'>;
}

function fetchingChannel(file: string): FetchingChannel {
  const refused = new Map<string, string>();
  const tampered = new Map<string, JsonObject | null>();
  const tamper = (sku: string, attributes: JsonObject | null): void => void tampered.set(sku, attributes);
  const held = (): ReadonlyMap<string, JsonObject> => {
    const items = new Map(existsSync(file) ? readGoogleRss(readFileSync(file, 'utf8')) : []);
    for (const [sku, attributes] of tampered) {
      if (attributes === null) items.delete(sku);
      else items.set(sku, attributes);
    }
    for (const sku of refused.keys()) items.delete(sku);
    return items;
  };
  return {
    routes: {
      answer: (request) => serveFile(file, request),
      throttled: (delayMs) => ({
        status: 429,
        headers: { 'retry-after': String(Math.ceil(delayMs / 1_000)) },
      }),
      tokenPath: '/no-token-endpoint',
      state: () => ({ file, listings: Object.fromEntries(held()), refused: Object.fromEntries(refused) }),
      commands: {
        refuse(body) {
          refused.set(String(body.sku), String(body.code ?? 'policy'));
          return { refused: String(body.sku) };
        },
        tamper(body) {
          tamper(String(body.sku), isJsonObject(body.attributes) ? body.attributes : null);
          return { changed: String(body.sku) };
        },
      },
    },
    running: (server) => ({
      url: server.url,
      settings: { path: file, format: 'google-rss', title: 'Simulated shop', link: 'https://shop.example' },
      market: { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' },
      faults: server.faults,
      calls: server.calls,
      held,
      tamper,
      refuse: (sku, code) => void refused.set(sku, code),
    }),
  };
}

/** What the channel would fetch at `/products.xml`. */
function serveFile(file: string, request: SimulatorRequest): SimulatorReply {
  if (request.method !== 'GET' || request.path !== '/products.xml') return { status: 404 };
  if (!existsSync(file)) return { status: 404 };
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: readFileSync(file) };
}
