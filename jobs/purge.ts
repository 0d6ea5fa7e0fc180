import { verifyAudit } from '../src/access/audit-log.js';
import { forgetOldFacts } from '../src/activity/channel-facts.js';
import { forgetOldRuns } from '../src/activity/run-log.js';
import type { App } from '../src/app.js';
import { purgePurchases } from '../src/conversions/store-purchases.js';
import { forgetOldEvents } from '../src/hooks/deliveries.js';
import { purgeEnded } from '../src/orders/purge-ended.js';
import { clearProblem, raiseProblem } from '../src/problems/problems.js';
import { forgetSnoozes } from '../src/problems/snooze.js';
import { forgetOldAnswers } from '../src/profit/kept-estimates.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** The log lies elsewhere than the database: whoever cuts the end off the audit log does not reach what was told of it every day. */
async function tellAuditHead({ database, clock, log }: App): Promise<void> {
  const { entries, head, brokenAt } = await verifyAudit(database);
  log.info({ entries, head }, 'audit log');
  if (brokenAt === null) return clearProblem(database, AUDIT);
  await raiseProblem(
    database,
    {
      key: AUDIT,
      channel: null,
      severity: 'error',
      code: 'audit_broken',
      message: `Entry ${brokenAt} of the audit log is not as it was written`,
      advice:
        'Somebody changed the database by hand. Compare with a backup; `omnifeed audit verify` checks again.',
    },
    clock.now(),
  );
}

const AUDIT = 'house:audit';

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
