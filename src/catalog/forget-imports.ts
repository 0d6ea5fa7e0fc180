import type { Database } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { breathe } from './breathe.js';

/** Imports of a source whose complaints are kept. */
const KEPT_COMPLAINING = 10;
const KEPT_RUNS_MS = 90 * 24 * 3_600_000;
const CHUNK = 5_000;

/**
 * Takes away complaints of all but the ten latest imports of a source that had any, and runs of more than 90 days ago.
 * The last good import stays, whatever its age: the next one compares itself with it.
 */
export async function forgetOldImports(database: Database, source: string, at: Instant): Promise<void> {
  const complaining = await database.all<{ id: string }>(
    `SELECT r.id FROM import_run r WHERE r.source = ? AND EXISTS (SELECT 1 FROM import_error e WHERE e.import_id = r.id)
     ORDER BY r.number DESC`,
    [source],
  );
  for (const { id } of complaining.slice(KEPT_COMPLAINING)) await forgetComplaints(database, id);
  await database.run(
    `DELETE FROM import_run WHERE source = ? AND started_at < ?
     AND number < (SELECT MAX(number) FROM import_run m WHERE m.source = ? AND m.state = 'merged')
     AND NOT EXISTS (SELECT 1 FROM import_error e WHERE e.import_id = import_run.id)`,
    [source, plusMs(at, -KEPT_RUNS_MS), source],
  );
}

async function forgetComplaints(database: Database, importId: string): Promise<void> {
  for (;;) {
    const gone = await database.run(
      `DELETE FROM import_error WHERE import_id = ?
       AND n < (SELECT MIN(n) FROM import_error f WHERE f.import_id = ?) + ?`,
      [importId, importId, CHUNK],
    );
    if (gone === 0) return;
    await breathe();
  }
}
