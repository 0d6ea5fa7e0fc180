import { randomUUID } from 'node:crypto';
import type { Database, Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import type { Role } from './permissions.js';

/** A person who may sign in. */
export interface User {
  readonly id: string;
  /** Small letters. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** False: the invitation was not taken yet. */
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  readonly createdAt: Instant;
  readonly signedInAt: Instant | null;
  /** Null: may sign in. */
  readonly disabledAt: Instant | null;
}

interface UserRow extends Omit<User, 'hasPassword' | 'secondFactor'> {
  readonly has_password: number;
  readonly totp_confirmed: number;
}

const COLUMNS = `id, email, name, role, CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password, totp_confirmed,
  created_at AS "createdAt", signed_in_at AS "signedInAt", disabled_at AS "disabledAt"`;

function userOf({ has_password, totp_confirmed, ...row }: UserRow): User {
  return { ...row, hasPassword: Number(has_password) === 1, secondFactor: Number(totp_confirmed) === 1 };
}

/** Everybody, by name. */
export async function allUsers(queries: ReadQueries): Promise<User[]> {
  return (await queries.all<UserRow>(`SELECT ${COLUMNS} FROM app_user ORDER BY name, id`)).map(userOf);
}

/** Whether nobody was let in yet: the house waits for its first administrator. */
export async function noUsers(queries: ReadQueries): Promise<boolean> {
  return (await queries.get('SELECT 1 AS found FROM app_user LIMIT 1')) === undefined;
}

/** The user of an id. Throws `unknown_user`. */
export async function userById(queries: ReadQueries, id: string): Promise<User> {
  const row = await queries.get<UserRow>(`SELECT ${COLUMNS} FROM app_user WHERE id = ?`, [id]);
  if (!row)
    throw new OperatorError(
      'unknown_user',
      `There is no user "${id.slice(0, 60)}"`,
      'Look at the list of users.',
    );
  return userOf(row);
}

/** The user with an e-mail address; null: nobody. */
export async function userByEmail(queries: ReadQueries, email: string): Promise<User | null> {
  const row = await queries.get<UserRow>(`SELECT ${COLUMNS} FROM app_user WHERE email = ?`, [
    normalEmail(email),
  ]);
  return row ? userOf(row) : null;
}

/** The address as it is kept. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Adds a person who has no password yet. Throws `email_taken` and `email_unreadable`. */
export async function addUser(
  queries: Queries,
  person: { readonly email: string; readonly name: string; readonly role: Role },
  now: Instant,
): Promise<User> {
  const email = normalEmail(person.email);
  if (!/^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email))
    throw new OperatorError(
      'email_unreadable',
      `"${person.email.slice(0, 60)}" is no e-mail address.`,
      'Write name@example.com.',
    );
  const id = randomUUID();
  const added = await queries.run(
    'INSERT INTO app_user (id, email, name, role, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING',
    [id, email, person.name.trim(), person.role, now],
  );
  if (added === 0)
    throw new OperatorError('email_taken', `${email} is there already.`, 'Change that user instead.');
  return userById(queries, id);
}

/** Keeps the hash of a password; every session of the person ends. */
export async function keepPassword(tx: Queries, user: string, hash: string): Promise<void> {
  await tx.run('UPDATE app_user SET password_hash = ? WHERE id = ?', [hash, user]);
  await tx.run('DELETE FROM user_session WHERE user_id = ?', [user]);
}

/** What of a user may be changed by an administrator. */
export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * Changes a user. With another role, or no longer let in, every session of the person ends. Throws `last_admin` for a change that would leave
 * nobody who can let others in.
 */
export async function changeUser(
  database: Database,
  id: string,
  change: { readonly to: UserChange; readonly now: Instant },
): Promise<User> {
  const { to, now } = change;
  return database.transaction(async (tx) => {
    const user = await userById(tx, id);
    const role = to.role ?? user.role;
    const disabledAt =
      to.disabled === undefined ? user.disabledAt : to.disabled ? (user.disabledAt ?? now) : null;
    await tx.run('UPDATE app_user SET name = ?, role = ?, disabled_at = ? WHERE id = ?', [
      to.name?.trim() ?? user.name,
      role,
      disabledAt,
      id,
    ]);
    if (role !== user.role || disabledAt !== null)
      await tx.run('DELETE FROM user_session WHERE user_id = ?', [id]);
    await refuseWithoutAdmin(tx);
    return userById(tx, id);
  });
}

async function refuseWithoutAdmin(tx: Queries): Promise<void> {
  const left = await tx.get(
    "SELECT 1 AS found FROM app_user WHERE role = 'admin' AND disabled_at IS NULL AND password_hash IS NOT NULL LIMIT 1",
  );
  if (left === undefined)
    throw new OperatorError(
      'last_admin',
      'Nobody would be left who can let others in.',
      'Make somebody else an administrator first.',
    );
}

/** What the console remembers for a person. */
export async function preferencesOf(queries: ReadQueries, id: string): Promise<JsonObject> {
  const row = await queries.get<{ preferences: string }>('SELECT preferences FROM app_user WHERE id = ?', [
    id,
  ]);
  return JSON.parse(row?.preferences ?? '{}') as JsonObject;
}
