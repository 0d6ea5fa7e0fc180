import type { Database } from '../../src/db/database.js';
import { plusMs } from '../../src/domain/instant.js';
import type { JobQueue } from '../../src/queue/job-queue.js';
import { sqlQueue } from '../../src/queue/sql-queue.js';
import { type QueueStage, queueContract } from '../contract/queue.js';
import {
  postgresAddress,
  postgresDatabase,
  sqliteDatabase,
  type TestDatabase,
} from '../support/databases.js';
import { realClock, silentLog } from '../support/silent-log.js';

async function stageOn(test: TestDatabase): Promise<QueueStage> {
  const queues: JobQueue[] = [];
  return {
    open(policy = {}) {
      const queue = sqlQueue({ database: test.database, clock: realClock, log: silentLog, policy });
      queues.push(queue);
      return queue;
    },
    crashWhileRunning: (job, key) => crash(test.database, job, key),
    async dispose() {
      await Promise.all(queues.map((queue) => queue.close()));
      await test.dispose();
    },
  };
}

/** The row as a killed worker leaves it, whose lease has run out; a row of a first death has been swept already. */
async function crash(database: Database, job: string, key: string): Promise<void> {
  await database.run(
    `UPDATE wake SET crashes = crashes + CASE WHEN lease IS NULL THEN 0 ELSE 1 END, lease = 'elsewhere/1/gone/1', lease_until = ?
     WHERE job = ? AND wake_key = ?`,
    [plusMs(realClock.now(), -1), job, key],
  );
}

queueContract('SQL on SQLite', async () => stageOn(await sqliteDatabase()));
if (postgresAddress === undefined) {
  process.stderr.write(
    'skipped: the SQL queue on Postgres, because OMNIFEED_TEST_POSTGRES names no server\n',
  );
} else {
  queueContract('SQL on Postgres', async () => stageOn(await postgresDatabase()));
}
