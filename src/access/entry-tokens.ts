import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { hashOfSecret, newSecret } from './secret-text.js';

/** The first administrator's token is printed on a terminal and used at once. */
const FIRST_RUN_MS = 30 * 60_000;
/** An invitation travels by mail. */
const INVITATION_MS = 7 * 24 * 3_600_000;

/**
 * A token that lets one person set a password, once: the first administrator (`user: null`, 30 minutes) or somebody invited (7 days). Tokens
 * made before for the same person are no longer good.
 */
export async function newEntryToken(
  queries: Queries,
  user: string | null,
  now: Instant,
): Promise<{ readonly token: string; readonly endsAt: Instant }> {
  const token = newSecret('in_');
  const endsAt = plusMs(now, user === null ? FIRST_RUN_MS : INVITATION_MS);
  if (user === null) await queries.run('DELETE FROM entry_token WHERE user_id IS NULL');
  else await queries.run('DELETE FROM entry_token WHERE user_id = ?', [user]);
  await queries.run(
    'INSERT INTO entry_token (token_hash, user_id, created_at, ends_at) VALUES (?, ?, ?, ?)',
    [hashOfSecret(token), user, now, endsAt],
  );
  return { token, endsAt };
}

/** Takes a token: it is gone. Answers whose it was (null: the first administrator's). Throws `entry_token_gone`. */
export async function takeEntryToken(queries: Queries, token: string, now: Instant): Promise<string | null> {
  const user = await lookAtEntryToken(queries, token, now);
  // Counted by the deletion: of two that come at once, one is first.
  if ((await queries.run('DELETE FROM entry_token WHERE token_hash = ?', [hashOfSecret(token)])) === 0)
    throw gone();
  return user;
}

/** Whose a token is, without taking it. Throws `entry_token_gone`. */
export async function lookAtEntryToken(
  queries: ReadQueries,
  token: string,
  now: Instant,
): Promise<string | null> {
  const row = await queries.get<EntryRow>('SELECT user_id, ends_at FROM entry_token WHERE token_hash = ?', [
    hashOfSecret(token),
  ]);
  if (!row || row.ends_at <= now) throw gone();
  return row.user_id;
}

interface EntryRow {
  readonly user_id: string | null;
  readonly ends_at: string;
}

function gone(): OperatorError {
  return new OperatorError(
    'entry_token_gone',
    'This link was used already, or its time is over.',
    'Print a new one with `omnifeed setup-token`, or ask whoever invited you.',
  );
}
