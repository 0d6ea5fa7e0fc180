import type { Database } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Remembers since when an error is met on a channel at all: new ones begin now, those that no listing has any more are forgotten. */
export async function keepIssueAges(database: Database, now: Instant): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO issue_age (channel, origin, code, attribute, since)
       SELECT DISTINCT channel, origin, code, attribute, CAST(? AS text) FROM listing_issue WHERE true
       ON CONFLICT (channel, code, attribute, origin) DO NOTHING`,
      [now],
    );
    await tx.run(
      `DELETE FROM issue_age WHERE NOT EXISTS (SELECT 1 FROM listing_issue i WHERE i.channel = issue_age.channel
         AND i.code = issue_age.code AND i.attribute = issue_age.attribute AND i.origin = issue_age.origin)`,
    );
  });
}
