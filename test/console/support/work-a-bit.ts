import { pullOrdersOf } from '../../../jobs/pull-orders.js';
import { reconcile } from '../../../jobs/reconcile.js';
import { keepChannelFacts } from '../../../src/activity/channel-facts.js';
import { rememberRuns } from '../../../src/activity/run-log.js';
import type { App } from '../../../src/app.js';
import { LISTING_CHANNELS, MARKETPLACE } from '../../../src/demo/demo-house.js';
import { plusMs } from '../../../src/domain/instant.js';
import { redactor } from '../../../src/log/redact.js';

const DAY_MS = 86_400_000;

/** Runs a few jobs the way the house does, one of which fails, and writes down how channels stood on the days before. */
export async function workABit(app: App): Promise<void> {
  const { database, clock, log } = app;
  const jobs = rememberRuns({ database, clock, log, redactor: redactor() }, (told) => ({
    'pull-orders': pullOrdersOf({ ...app, log: told }),
    reconcile: reconcile({ ...app, log: told }),
    import: () => Promise.reject(new Error('source_unreachable: the address answers 503')),
  }));
  const signal = AbortSignal.timeout(60_000);
  await jobs['pull-orders']?.(MARKETPLACE, signal);
  for (const channel of LISTING_CHANNELS) await jobs.reconcile?.(channel, signal);
  await jobs.import?.('catalog', signal).catch(() => undefined);
  for (let day = 12; day >= 0; day -= 1)
    await keepChannelFacts(database, LISTING_CHANNELS, plusMs(clock.now(), -day * DAY_MS));
}
