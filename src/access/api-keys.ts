import { randomUUID } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { epochMs, type Instant } from '../domain/instant.js';
import type { Caller } from './caller.js';
import { isPermission, type Permission } from './permissions.js';
import { hashOfSecret, newSecret } from './secret-text.js';

/** An API key as it may be shown; the key itself is shown once, when it is made. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** Its first letters, to recognise it. */
  readonly shown: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** Null: never. */
  readonly endsAt: Instant | null;
  readonly usedAt: Instant | null;
  /** Null: in use. */
  readonly revokedAt: Instant | null;
}

interface KeyRow extends Omit<ApiKey, 'scopes'> {
  readonly scopes: string;
}

/** Use is written down at most this often. */
const USED_EVERY_MS = 60_000;

const COLUMNS = `id, name, shown, scopes, created_by AS "createdBy", created_at AS "createdAt", ends_at AS "endsAt", used_at AS "usedAt",
  revoked_at AS "revokedAt"`;

const PREFIX = 'omni_';

function keyOf(row: KeyRow): ApiKey {
  return { ...row, scopes: row.scopes.split(' ').filter(isPermission) };
}

/** What a key is to be. */
export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly endsAt: Instant | null;
  /** Who makes it, for the list. */
  readonly by: string;
}

/** Makes a key. `secret` is shown now and kept nowhere. */
export async function makeKey(
  queries: Queries,
  wish: KeyWish,
  now: Instant,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  if (wish.scopes.length === 0)
    throw new OperatorError(
      'no_scopes',
      'The key would let do nothing.',
      'Name one scope or more, such as listings:read.',
    );
  if (wish.endsAt !== null && wish.endsAt <= now)
    throw new OperatorError('ended_already', 'The key’s end is in the past.', 'Name a later day.');
  const secret = newSecret(PREFIX);
  const id = randomUUID();
  await queries.run(
    'INSERT INTO api_key (id, key_hash, name, shown, scopes, created_by, created_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      id,
      hashOfSecret(secret),
      wish.name.trim(),
      secret.slice(0, PREFIX.length + 4),
      [...new Set(wish.scopes)].join(' '),
      wish.by,
      now,
      wish.endsAt,
    ],
  );
  return { key: await keyById(queries, id), secret };
}

/** Every key, newest first; revoked ones too. */
export async function allKeys(queries: ReadQueries): Promise<ApiKey[]> {
  return (await queries.all<KeyRow>(`SELECT ${COLUMNS} FROM api_key ORDER BY created_at DESC, id`)).map(
    keyOf,
  );
}

/** Ends a key at once. Throws `unknown_key`. */
export async function revokeKey(queries: Queries, id: string, now: Instant): Promise<ApiKey> {
  await queries.run('UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [now, id]);
  return keyById(queries, id);
}

async function keyById(queries: ReadQueries, id: string): Promise<ApiKey> {
  const row = await queries.get<KeyRow>(`SELECT ${COLUMNS} FROM api_key WHERE id = ?`, [id]);
  if (!row)
    throw new OperatorError(
      'unknown_key',
      `There is no API key "${id.slice(0, 60)}"`,
      'Look at the list of keys.',
    );
  return keyOf(row);
}

/** Who calls with a key; null: no such key, it was revoked, or its time is over. */
export async function callerOfKey(queries: Queries, secret: string, now: Instant): Promise<Caller | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const row = await queries.get<KeyRow>(
    `SELECT ${COLUMNS} FROM api_key WHERE key_hash = ? AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > ?)`,
    [hashOfSecret(secret), now],
  );
  if (!row) return null;
  if (row.usedAt === null || epochMs(now) - epochMs(row.usedAt) >= USED_EVERY_MS)
    await queries.run('UPDATE api_key SET used_at = ? WHERE id = ?', [now, row.id]);
  const { id, name, scopes } = keyOf(row);
  return {
    kind: 'key',
    id,
    name,
    role: null,
    permissions: new Set(scopes),
    secondFactor: false,
    session: null,
  };
}
