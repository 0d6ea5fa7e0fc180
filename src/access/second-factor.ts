import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Sealer } from '../channel/credentials.js';
import type { Database, Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { epochMs, type Instant } from '../domain/instant.js';
import { hashOfSecret } from './secret-text.js';

const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;

interface FactorRow {
  readonly totp_sealed: string | null;
  readonly totp_confirmed: number;
  readonly totp_step: number;
  readonly email: string;
}

/** What an authenticator app is given. */
export interface FactorOffer {
  /** Base32, to type in. */
  readonly secret: string;
  /** `otpauth://…`, to show as a picture. */
  readonly address: string;
}

/** Begins a second factor; it counts once a code of it was shown. Throws `second_factor_there`. */
export async function offerFactor(queries: Queries, user: string, sealer: Sealer): Promise<FactorOffer> {
  const row = await factorOf(queries, user);
  if (Number(row.totp_confirmed) === 1)
    throw new OperatorError(
      'second_factor_there',
      'You have a second factor already.',
      'Take it away first, with one of its codes.',
    );
  const secret = new Secret({ size: 20 });
  await queries.run('UPDATE app_user SET totp_sealed = ?, totp_step = 0 WHERE id = ?', [
    sealer.seal(secret.base32, placeOf(user)),
    user,
  ]);
  const address = new TOTP({ issuer: 'Omnifeed', label: row.email, secret, period: STEP_SECONDS }).toString();
  return { secret: secret.base32, address };
}

/**
 * Takes the first code: the factor counts from now on. Answers ten recovery codes, each good once in place of a code, shown this once. Throws
 * `code_wrong`.
 */
export async function confirmFactor(
  database: Database,
  user: string,
  shown: { readonly code: string; readonly sealer: Sealer; readonly now: Instant },
): Promise<string[]> {
  return database.transaction(async (tx) => {
    if (!(await totpFits(tx, user, shown))) throw codeWrong();
    const codes = Array.from({ length: RECOVERY_CODES }, () =>
      randomBytes(8)
        .toString('hex')
        .replace(/(.{4})(?=.)/g, '$1-'),
    );
    await tx.run('UPDATE app_user SET totp_confirmed = 1 WHERE id = ?', [user]);
    await tx.run('DELETE FROM recovery_code WHERE user_id = ?', [user]);
    for (const code of codes)
      await tx.run('INSERT INTO recovery_code (user_id, code_hash) VALUES (?, ?)', [
        user,
        hashOfSecret(`${user} ${code}`),
      ]);
    return codes;
  });
}

/** Takes the second factor away: by its owner with a code, or by an administrator for somebody who lost the phone. */
export async function removeFactor(queries: Queries, user: string): Promise<void> {
  await queries.run(
    'UPDATE app_user SET totp_sealed = NULL, totp_confirmed = 0, totp_step = 0 WHERE id = ?',
    [user],
  );
  await queries.run('DELETE FROM recovery_code WHERE user_id = ?', [user]);
}

/** Whether a code is right: the authenticator's (each good once) or a recovery code (then it is gone). */
export async function codeFits(
  queries: Queries,
  user: string,
  shown: { readonly code: string; readonly sealer: Sealer; readonly now: Instant },
): Promise<boolean> {
  const code = shown.code.replaceAll(/\s/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) return totpFits(queries, user, { ...shown, code });
  const taken = await queries.run('DELETE FROM recovery_code WHERE user_id = ? AND code_hash = ?', [
    user,
    hashOfSecret(`${user} ${code}`),
  ]);
  return taken === 1;
}

/** What is told of a code that is not right. */
export function codeWrong(): OperatorError {
  return new OperatorError(
    'code_wrong',
    'The code is not right, or was used before.',
    'Wait for the next code of your authenticator app.',
  );
}

async function totpFits(
  queries: Queries,
  user: string,
  { code, sealer, now }: { readonly code: string; readonly sealer: Sealer; readonly now: Instant },
): Promise<boolean> {
  const row = await factorOf(queries, user);
  if (row.totp_sealed === null) return false;
  const secret = Secret.fromBase32(sealer.open(row.totp_sealed, placeOf(user)));
  const timestamp = epochMs(now);
  const delta = new TOTP({ secret, period: STEP_SECONDS }).validate({ token: code, timestamp, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1_000 / STEP_SECONDS) + delta;
  // Counted by the change: a code that was shown before, or twice at once, is no longer good.
  return (
    (await queries.run('UPDATE app_user SET totp_step = ? WHERE id = ? AND totp_step < ?', [
      step,
      user,
      step,
    ])) === 1
  );
}

async function factorOf(queries: Queries, user: string): Promise<FactorRow> {
  const row = await queries.get<FactorRow>(
    'SELECT totp_sealed, totp_confirmed, totp_step, email FROM app_user WHERE id = ?',
    [user],
  );
  if (!row) throw new OperatorError('unknown_user', 'There is no such user', 'Look at the list of users.');
  return row;
}

const placeOf = (user: string): string => `app_user.totp_sealed:${user}`;
