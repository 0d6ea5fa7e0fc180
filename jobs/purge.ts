import { tellAuditHead } from '../src/access/tell-audit-head.js';
import { forgetOldFacts } from '../src/activity/channel-facts.js';
import { forgetOldRuns } from '../src/activity/run-log.js';
import type { App } from '../src/app.js';
import { purgePurchases } from '../src/conversions/store-purchases.js';
import { forgetOldEvents } from '../src/hooks/deliveries.js';
import { purgeEnded } from '../src/orders/purge-ended.js';
import { forgetSnoozes } from '../src/problems/snooze.js';
import { forgetOldAnswers } from '../src/profit/kept-estimates.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Removes buyers and orders whose time is over, and what channels said of listings long gone. Key: `*`. */
export function purge(app: App): JobHandler {
  return async () => {
    const { database, config } = app;
    const now = app.clock.now();
    const { forgotten, deleted } = await purgeEnded({
      database,
      buyers: () => app.buyers(),
      channels: config.channels.map(({ id, orders }) => ({ id, retention: orders.retention })),
      now,
    });
    await purgePurchases(database, now);
    await forgetOldAnswers(database, now);
    await forgetOldRuns(database, now);
    await forgetOldFacts(database, now);
    await forgetSnoozes(database);
    await database.transaction((tx) => forgetOldEvents(tx, now));
    await tellAuditHead(app);
    if (forgotten + deleted > 0) app.log.info({ forgotten, deleted }, 'buyers forgotten, old orders deleted');
  };
}
