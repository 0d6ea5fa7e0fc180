import type { App } from '../src/app.js';
import { purgePurchases } from '../src/conversions/store-purchases.js';
import { purgeBuyers } from '../src/orders/purge-buyers.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Removes buyer data whose time is over. Key: `*`. */
export function purge(app: App): JobHandler {
  return async () => {
    const purged = await purgeBuyers(app.database, app.clock.now());
    await purgePurchases(app.database, app.clock.now());
    if (purged > 0) app.log.info({ purged }, 'buyer data purged');
  };
}
