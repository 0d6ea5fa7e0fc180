import type { RunningSimulator, SimulatorModule } from '../../../src/channel/simulator.js';
import { type SimulatorRoutes, serveSimulator } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { processDue } from './batch-processing.js';
import { type CatalogState, emptyCatalog, putItem } from './catalog-state.js';
import { CREDENTIALS } from './graph-access.js';
import { answerGraph, throttledReply } from './graph-routes.js';

/** A Graph API with one catalog. Written from Meta's documents, without any of the client's code. */
export const simulator: SimulatorModule = {
  async start({ port, processingMs }) {
    const state = emptyCatalog(CREDENTIALS.catalogId, processingMs);
    const server = await serveSimulator(routesOf(state), port);
    return running(state, server);
  },
};

function running(state: CatalogState, server: Awaited<ReturnType<typeof serveSimulator>>): RunningSimulator {
  return {
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
    throttled: (delayMs) => throttledReply(state.catalogId, delayMs / 60_000),
    tokenPath: '/oauth/access_token',
    state: () => ({
      listings: Object.fromEntries(held(state)),
      batches: [...state.batches.values()].map(({ handle, outcomes, requests }) => ({
        handle,
        records: requests.length,
        finished: outcomes !== null,
      })),
      overlaps: state.overlaps,
    }),
    commands: {
      refuse(body) {
        refuse(state, String(body.sku), String(body.code ?? 'POLICY_VIOLATION'));
        return { refused: String(body.sku) };
      },
      tamper(body) {
        tamper(state, String(body.sku), isJsonObject(body.attributes) ? body.attributes : null);
        return { changed: String(body.sku) };
      },
      'expire-token'() {
        state.tokenValid = false;
        return { tokenValid: false };
      },
      'renew-token'() {
        state.tokenValid = true;
        return { tokenValid: true };
      },
    },
  };
}

function held(state: CatalogState): ReadonlyMap<string, JsonObject> {
  processDue(state);
  return new Map([...state.items].map(([sku, item]) => [sku, item.fields]));
}

function tamper(state: CatalogState, sku: string, attributes: JsonObject | null): void {
  processDue(state);
  if (attributes === null) state.items.delete(sku);
  else putItem(state, sku, attributes);
}

/** The item stays in the catalog, is shown as rejected, and later updates of it fail. */
function refuse(state: CatalogState, sku: string, code: string): void {
  state.refusals.set(sku, code);
  const item = state.items.get(sku);
  if (!item) return;
  item.review = 'rejected';
  item.complaints = [
    {
      error_type: code,
      error_priority: 'HIGH',
      title: 'Rejected in review',
      description: 'The item does not comply with the commerce policies.',
      call_to_action: 'Edit the item or request another review.',
    },
  ];
}
