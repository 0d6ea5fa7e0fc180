import type { Queries, ReadQueries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { Caller } from './caller.js';
import { permissionsOf, type Role } from './permissions.js';
import { hashOfSecret, newSecret } from './secret-text.js';

/** A session nobody used for this long is over. */
const IDLE_MS = 30 * 60_000;
/** A session is over after this long however much it is used. */
const WHOLE_MS = 12 * 3_600_000;
/** Use is written down at most this often. */
const SEEN_EVERY_MS = 60_000;

/** Where a session is from, for the person to recognise. */
export interface SessionPlace {
  readonly address: string;
  readonly browser: string;
}

/** A session as its owner sees it. */
export interface SessionFacts extends SessionPlace {
  readonly id: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

/** Begins a session; the answer goes into the browser's cookie and is kept nowhere. */
export async function beginSession(
  queries: Queries,
  user: { readonly id: string; readonly secondFactor: boolean },
  at: SessionPlace & { readonly now: Instant },
): Promise<string> {
  const secret = newSecret('');
  const { address, browser, now } = at;
  await queries.run('DELETE FROM user_session WHERE ends_at <= ? OR seen_at <= ?', [
    now,
    plusMs(now, -IDLE_MS),
  ]);
  await queries.run(
    'INSERT INTO user_session (id, user_id, second_factor, address, browser, created_at, seen_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      hashOfSecret(secret),
      user.id,
      user.secondFactor ? 1 : 0,
      address,
      browser.slice(0, 200),
      now,
      now,
      plusMs(now, WHOLE_MS),
    ],
  );
  await queries.run('UPDATE app_user SET signed_in_at = ? WHERE id = ?', [now, user.id]);
  return secret;
}

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly name: string;
  readonly role: Role;
  readonly second_factor: number;
  readonly seen_at: string;
}

/** Who a session belongs to; null: it is over, or there never was one. */
export async function callerOfSession(
  queries: Queries,
  secret: string,
  now: Instant,
): Promise<Caller | null> {
  const row = await queries.get<SessionRow>(
    `SELECT s.id, s.user_id, u.name, u.role, s.second_factor, s.seen_at FROM user_session s JOIN app_user u ON u.id = s.user_id
     WHERE s.id = ? AND s.ends_at > ? AND s.seen_at > ? AND u.disabled_at IS NULL`,
    [hashOfSecret(secret), now, plusMs(now, -IDLE_MS)],
  );
  if (!row) return null;
  if (epochMs(now) - epochMs(row.seen_at) >= SEEN_EVERY_MS)
    await queries.run('UPDATE user_session SET seen_at = ? WHERE id = ?', [now, row.id]);
  return {
    kind: 'user',
    id: row.user_id,
    name: row.name,
    role: row.role,
    permissions: permissionsOf(row.role),
    secondFactor: Number(row.second_factor) === 1,
    session: row.id,
  };
}

/** Ends one session. */
export async function endSession(queries: Queries, id: string): Promise<void> {
  await queries.run('DELETE FROM user_session WHERE id = ?', [id]);
}

/** Signs a person out everywhere, or everywhere else; answers how many sessions ended. */
export async function endSessions(queries: Queries, user: string, except: string | null): Promise<number> {
  return queries.run('DELETE FROM user_session WHERE user_id = ? AND id <> ?', [user, except ?? '']);
}

/** The sessions of a person, newest first. */
export async function sessionsOf(queries: ReadQueries, user: string, now: Instant): Promise<SessionFacts[]> {
  return queries.all<SessionFacts>(
    `SELECT id, address, browser, created_at AS "createdAt", seen_at AS "seenAt" FROM user_session
     WHERE user_id = ? AND ends_at > ? AND seen_at > ? ORDER BY seen_at DESC, id`,
    [user, now, plusMs(now, -IDLE_MS)],
  );
}
