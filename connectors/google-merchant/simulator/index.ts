import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import { serveSimulator } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { type Catalog, productCatalog } from './catalog.js';
import { dataSources } from './data-sources.js';
import { GoogleRefusal } from './google-error.js';
import { callQuota } from './quota.js';
import { answerCall, type Backend } from './routes.js';
import { TOKEN_PATH, tokenDesk } from './token-desk.js';

const ACCOUNT = '5551234567';
const MARKET = { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' } as const;

/** A Merchant Center account on loopback. */
export const googleSimulator: SimulatorModule = { start };

async function start({ port, processingMs }: SimulatorOptions): Promise<RunningSimulator> {
  let aheadMs = 0;
  let url = '';
  const now = (): number => Date.now() + aheadMs;
  const backend: Backend = {
    account: ACCOUNT,
    desk: tokenDesk(now),
    catalog: productCatalog({ account: ACCOUNT, ...MARKET, processingMs, now }),
    sources: dataSources(ACCOUNT),
    quota: callQuota(now),
    omitted: new Set(),
    url: () => url,
  };
  const server = await serveSimulator(
    {
      answer: (request) => answerCall(request, backend),
      throttled: (delayMs) =>
        new GoogleRefusal(429, 'Quota exceeded: quota/request_rate_too_high', {
          REASON: 'QUOTA_REQUEST_RATE_TOO_HIGH',
        }).reply({ 'retry-after': String(delayMs / 1_000) }),
      tokenPath: TOKEN_PATH,
      state: () => stateOf(backend.catalog),
      commands: {
        ...commandsOf(backend),
        advance: (body) => {
          aheadMs += Number(body.ms ?? 0);
          return { now: new Date(now()).toISOString() };
        },
      },
    },
    port,
  );
  url = server.url;
  return {
    url,
    settings: {
      callsPerMinute: 60_000, // the quota of the simulated account
      account: ACCOUNT,
      serviceAccountKey: backend.desk.keyFile,
      endpoint: url,
      tokenEndpoint: `${url}${TOKEN_PATH}`,
    },
    market: MARKET,
    faults: server.faults,
    calls: server.calls,
    held: () => backend.catalog.held(),
    tamper: (sku, attributes) => backend.catalog.tamper(sku, attributes),
    refuse: (sku, code) => backend.catalog.refuse(sku, code),
    stop: () => server.stop(),
  };
}

/** What people can tell a lone simulator. */
function commandsOf({
  catalog,
  desk,
  quota,
  sources,
  omitted,
}: Backend): Record<string, (body: JsonObject) => JsonValue> {
  return {
    refuse: ({ sku, code }) => {
      catalog.refuse(String(sku), String(code ?? 'policy_violation'));
      return { refused: String(sku) };
    },
    tamper: ({ sku, attributes }) => {
      catalog.tamper(String(sku), isJsonObject(attributes) ? attributes : null);
      return { tampered: String(sku) };
    },
    omit: ({ sku }) => {
      omitted.add(String(sku));
      return { omitted: String(sku) };
    },
    quota: ({ perMinute, perDay }) => {
      quota.set({
        ...(typeof perMinute === 'number' ? { perMinute } : {}),
        ...(typeof perDay === 'number' ? { perDay } : {}),
      });
      return { set: true };
    },
    expire: ({ afterCalls }) => {
      desk.expire(typeof afterCalls === 'number' ? afterCalls : 0);
      return { expired: true };
    },
    register: ({ registered }) => {
      desk.register(registered !== false);
      return { registered: registered !== false };
    },
    revoke: () => {
      desk.revoke();
      return { revoked: true };
    },
    'drop-source': ({ name }) => {
      sources.drop(String(name));
      return { dropped: String(name) };
    },
  };
}

function stateOf(catalog: Catalog): JsonObject {
  return {
    listings: Object.fromEntries(catalog.held()),
    products: catalog.list(),
  };
}
