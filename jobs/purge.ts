import { forgetOldFacts } from '../src/activity/channel-facts.js';
import { forgetOldRuns } from '../src/activity/run-log.js';
import type { App } from '../src/app.js';
import { purgePurchases } from '../src/conversions/store-purchases.js';
import { purgeBuyers } from '../src/orders/purge-buyers.js';
import { forgetOldAnswers } from '../src/profit/kept-estimates.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** A house that has no buyers needs no key to forget them. */
async function anyBuyer(app: App): Promise<boolean> {
  return Boolean(await app.database.get('SELECT 1 AS found FROM order_buyer LIMIT 1'));
}

/** Removes buyer data whose time is over, and what channels said of listings long gone. Key: `*`. */
export function purge(app: App): JobHandler {
  return async () => {
    const purged = (await anyBuyer(app))
      ? await purgeBuyers(app.database, await app.buyers(), app.clock.now())
      : 0;
    await purgePurchases(app.database, app.clock.now());
    await forgetOldAnswers(app.database, app.clock.now());
    await forgetOldRuns(app.database, app.clock.now());
    await forgetOldFacts(app.database, app.clock.now());
    if (purged > 0) app.log.info({ purged }, 'buyer data purged');
  };
}
