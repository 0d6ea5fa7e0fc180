import type { ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Caller } from './caller.js';

/** Whether somebody who was let in before still is. Asking is no use of a session: it does not keep one alive. */
export async function stillKnown(
  queries: ReadQueries,
  caller: Caller | null,
  now: Instant,
): Promise<boolean> {
  if (caller === null) return false;
  const row =
    caller.kind === 'key'
      ? await queries.get(
          'SELECT 1 AS found FROM api_key WHERE id = ? AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > ?)',
          [caller.id, now],
        )
      : await queries.get('SELECT 1 AS found FROM user_session WHERE id = ? AND ends_at > ?', [
          caller.session ?? '',
          now,
        ]);
  return row !== undefined;
}
