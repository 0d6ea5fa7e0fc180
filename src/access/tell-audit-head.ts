import type { Log } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import { verifyAudit } from './audit-log.js';

const PROBLEM = 'house:audit';

/**
 * Tells the log where the audit log ends: it lies elsewhere than the database, so that whoever cuts the end off does not reach what was told of it
 * every day. A chain that is broken is a problem until it is not.
 */
export async function tellAuditHead(house: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const { entries, head, brokenAt } = await verifyAudit(house.database);
  house.log.info({ entries, head }, 'audit log');
  if (brokenAt === null) return clearProblem(house.database, PROBLEM);
  await raiseProblem(
    house.database,
    {
      key: PROBLEM,
      channel: null,
      severity: 'error',
      code: 'audit_broken',
      message: `Entry ${brokenAt} of the audit log is not as it was written`,
      advice:
        'Somebody changed the database by hand. Compare with a backup; `omnifeed audit verify` checks again.',
    },
    house.clock.now(),
  );
}
