import type { RunningSimulator, SimulatorModule, SimulatorOptions } from '../../../src/channel/simulator.js';
import { serveSimulator } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { accountDesk } from './account-desk.js';
import type { Backend } from './backend.js';
import { productCatalog } from './catalog.js';
import { commandsOf, stateOf } from './commands.js';
import { dataSources } from './data-sources.js';
import { fileUploads } from './file-uploads.js';
import { GoogleRefusal } from './google-error.js';
import { inventories } from './inventories.js';
import { lfpDesk } from './lfp.js';
import { notifier } from './notifier.js';
import { promotions } from './promotions.js';
import { callQuota } from './quota.js';
import { orderedRefusals } from './refusals.js';
import { answerCall, ROUTES } from './routes.js';
import { TOKEN_PATH, tokenDesk } from './token-desk.js';
import { trackingSignals } from './tracking-signals.js';

const ACCOUNT = '5551234567';
const MARKET = { country: 'US', language: 'en', currency: 'USD', zone: 'America/New_York' } as const;

/** A Merchant Center account on loopback. */
export const googleSimulator: SimulatorModule = { start };

async function start({ port, processingMs }: SimulatorOptions): Promise<RunningSimulator> {
  let aheadMs = 0;
  let url = '';
  const now = (): number => Date.now() + aheadMs;
  const sources = dataSources(ACCOUNT, now);
  const source = (name: string): JsonObject | null =>
    sources.list().find((entry) => entry.name === name) ?? null;
  const subscriptions = new Map<string, JsonObject>();
  const callbacks = notifier({ account: ACCOUNT, subscriptions, now });
  const { country, language } = MARKET;
  const catalog = productCatalog({
    ...{ account: ACCOUNT, country, language, processingMs, now, source },
    changed: (change) => callbacks.tell(change),
  });
  const backend: Backend = {
    account: ACCOUNT,
    desk: tokenDesk(now),
    catalog,
    uploads: fileUploads({ catalog, processingMs, now }),
    sources,
    accounts: accountDesk(ACCOUNT),
    inventories: inventories(ACCOUNT),
    lfp: lfpDesk(ACCOUNT, MARKET.country, now),
    promotions: promotions({ account: ACCOUNT, processingMs, now }),
    signals: trackingSignals(),
    quota: callQuota(
      now,
      ROUTES.map((route) => route.call),
    ),
    refusals: orderedRefusals(),
    subscriptions,
    callbacks,
    omitted: new Set(),
    strange: false,
    now,
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
      state: () => stateOf(backend),
      commands: {
        ...commandsOf(backend),
        advance: (body) => {
          // What was due before is fetched before time goes on; what becomes due by it, after.
          backend.uploads.keepSchedules(backend.sources.list());
          aheadMs += Number(body.ms ?? 0);
          backend.uploads.keepSchedules(backend.sources.list());
          // Whoever subscribed is told without asking.
          if (subscriptions.size > 0) catalog.list();
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
