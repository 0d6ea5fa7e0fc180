import { randomUUID } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { epochMs, type Instant } from '../domain/instant.js';
import type { Caller } from './caller.js';
import { checkNetworks } from './networks.js';
import { isPermission, type Permission } from './permissions.js';
import { hashOfSecret, newSecret } from './secret-text.js';

/** An API key as it may be shown; the key itself is shown once, when it is made. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** Its first letters, to recognise it. */
  readonly shown: string;
  readonly scopes: readonly Permission[];
  /** Addresses and networks it may be used from; empty: from anywhere. */
  readonly networks: readonly string[];
  /** Calls it may make; null: as many as anybody. */
  readonly perMinute: number | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** Null: never. */
  readonly endsAt: Instant | null;
  readonly usedAt: Instant | null;
  /** Null: in use. */
  readonly revokedAt: Instant | null;
}

interface KeyRow extends Omit<ApiKey, 'scopes' | 'networks'> {
  readonly scopes: string;
  readonly networks: string | null;
}

/** Use is written down at most this often. */
const USED_EVERY_MS = 60_000;

const COLUMNS = `id, name, shown, scopes, networks, per_minute AS "perMinute", created_by AS "createdBy", created_at AS "createdAt", ends_at AS "endsAt", used_at AS "usedAt",
  revoked_at AS "revokedAt"`;

const PREFIX = 'omni_';

function keyOf(row: KeyRow): ApiKey {
  const networks = row.networks === null ? [] : row.networks.split(' ');
  return { ...row, scopes: row.scopes.split(' ').filter(isPermission), networks };
}

/** What a key is to be. */
export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly endsAt: Instant | null;
  /** Absent: from anywhere. */
  readonly networks?: readonly string[] | undefined;
  /** Absent: as many as anybody. */
  readonly perMinute?: number | undefined;
  /** Who makes it, for the list. */
  readonly by: string;
}

/** Makes a key. `secret` is shown now and kept nowhere. Throws `no_scopes`, `ended_already`, `network_unreadable`. */
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
  const networks = checkNetworks(wish.networks ?? []);
  const secret = newSecret(PREFIX);
  const id = randomUUID();
  await queries.run(
    'INSERT INTO api_key (id, key_hash, name, shown, scopes, created_by, created_at, ends_at, networks, per_minute) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [
      id,
      hashOfSecret(secret),
      wish.name.trim(),
      secret.slice(0, PREFIX.length + 4),
      [...new Set(wish.scopes)].join(' '),
      wish.by,
      now,
      wish.endsAt,
      networks.length === 0 ? null : networks.join(' '),
      wish.perMinute ?? null,
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

/** A caller known by a key. */
export interface KeyCaller extends Pick<ApiKey, 'networks' | 'perMinute'> {
  readonly caller: Caller;
}

/** Who calls with a key, and what it is bound to; null: no such key, it was revoked, or its time is over. */
export async function callerOfKey(queries: Queries, secret: string, now: Instant): Promise<KeyCaller | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const row = await queries.get<KeyRow>(
    `SELECT ${COLUMNS} FROM api_key WHERE key_hash = ? AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > ?)`,
    [hashOfSecret(secret), now],
  );
  if (!row) return null;
  if (row.usedAt === null || epochMs(now) - epochMs(row.usedAt) >= USED_EVERY_MS)
    await queries.run('UPDATE api_key SET used_at = ? WHERE id = ?', [now, row.id]);
  const { id, name, scopes, networks, perMinute } = keyOf(row);
  return {
    networks,
    perMinute,
    caller: {
      kind: 'key',
      id,
      name,
      role: null,
      permissions: new Set(scopes),
      secondFactor: false,
      session: null,
    },
  };
}
