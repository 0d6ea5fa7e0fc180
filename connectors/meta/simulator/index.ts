import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import { type SimulatorRoutes, serveSimulator } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type CatalogState, emptyCatalog } from './catalog-state.js';
import { commandsOf, refuse, tamper } from './commands.js';
import { CREDENTIALS } from './graph-access.js';
import { answerGraph, bucketOf, processDue } from './graph-routes.js';
import { throttledReply } from './usage-buckets.js';

/** A Graph API with one catalog. Written from Meta's documents, without any of the client's code. */
export const simulator: SimulatorModule = {
  start: (options) => startGraph(options, () => performance.timeOrigin + performance.now()),
};

/** A simulated Graph and what it holds inside. */
export interface RunningGraph extends RunningSimulator {
  readonly state: CatalogState;
}

/** Starts the simulator on a clock of the caller's, in milliseconds since 1970. */
export async function startGraph(
  { port, processingMs }: SimulatorOptions,
  nowMs: () => number,
): Promise<RunningGraph> {
  const state = emptyCatalog(CREDENTIALS.catalogId, processingMs, nowMs);
  const server = await serveSimulator(routesOf(state), port);
  return {
    state,
    url: server.url,
    settings: { ...CREDENTIALS, endpoint: server.url },
    market: { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' },
    faults: server.faults,
    calls: server.calls,
    held: () => held(state),
    tamper: (sku, attributes) => tamper(state, sku, attributes),
    refuse: (sku, code) => refuse(state, sku, code),
    stop: () => server.stop(),
  };
}

function routesOf(state: CatalogState): SimulatorRoutes {
  return {
    answer: (request) => answerGraph(state, request),
    throttled: (delayMs, { method, path }) =>
      throttledReply(state.catalogId, bucketOf({ method, path }), delayMs / 60_000),
    tokenPath: '/oauth/access_token',
    state: () => ({
      listings: Object.fromEntries(held(state)),
      batches: [...state.batches.values()].map(({ handle, outcomes, requests }) => ({
        handle,
        records: requests.length,
        finished: outcomes !== null,
      })),
      feeds: [...state.feeds.values()].map(({ id, settings }) => ({ ...settings, id })),
      sets: [...state.sets].map(([id, set]) => ({ ...set, id })),
      events: state.events,
      overlaps: state.overlaps,
    }),
    commands: commandsOf(state),
  };
}

function held(state: CatalogState): ReadonlyMap<string, JsonObject> {
  processDue(state);
  return new Map(
    [...state.items].map(([sku, { fields, overrides }]) => [
      sku,
      overrides.size === 0 ? fields : { ...fields, overrides: overrideList(overrides) },
    ]),
  );
}

/** Overrides as a listing has them, by place. */
function overrideList(overrides: ReadonlyMap<string, JsonObject>): readonly JsonObject[] {
  return [...overrides].sort().map(([value, fields]) => ({ type: kindOf(value), value, ...fields }));
}

function kindOf(place: string): string {
  if (/^[A-Z]{2}$/.test(place)) return 'COUNTRY';
  return place.includes('|') ? 'LANGUAGE_AND_COUNTRY' : 'LANGUAGE';
}
