import { createHash } from 'node:crypto';
import type { Sealer } from '../channel/credentials.js';
import type { Database, Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { passwordFits } from './passwords.js';
import { codeFits } from './second-factor.js';
import { normalEmail, type User, userByEmail } from './users.js';

const WINDOW_MS = 15 * 60_000;
/** Failures in a window before nothing is tried any more: of one account from one address, of one address, of one account from anywhere. */
const LIMITS = { pair: 5, address: 20, account: 50 } as const;

/** What somebody shows to be let in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the second factor; null: not shown. */
  readonly code: string | null;
}

/** What checking needs. */
export interface SignInDesk {
  readonly database: Database;
  readonly address: string;
  readonly now: Instant;
  sealer(): Promise<Sealer>;
}

/**
 * Checks credentials. Throws `sign_in_throttled` before anything is looked at when too many attempts failed, `sign_in_refused` for a wrong
 * pair (it does not say whether the address is known), `second_factor_asked` for a right pair without the code it needs.
 */
export async function checkCredentials(
  { email, password, code }: Credentials,
  desk: SignInDesk,
): Promise<User> {
  const { database, address, now } = desk;
  const subjects = subjectsOf(email, address);
  await refuseTooMany(database, subjects, now);
  // Counted before it is tried: guesses that come all at once are counted too. A right one takes its count back.
  const counted = await countAttempt(database, subjects, now);
  const user = await userByEmail(database, email);
  const row =
    user &&
    (await database.get<{ password_hash: string | null }>('SELECT password_hash FROM app_user WHERE id = ?', [
      user.id,
    ]));
  const fits = await passwordFits(password, row?.password_hash ?? null);
  if (!fits || user === null || user.disabledAt !== null) throw refused();
  if (user.secondFactor) {
    if (code === null) {
      await counted.takeBack(false);
      throw new OperatorError(
        'second_factor_asked',
        'Your second factor is needed too.',
        'Send the code of your authenticator app with e-mail and password.',
      );
    }
    if (!(await codeFits(database, user.id, { code, sealer: await desk.sealer(), now }))) throw refused();
  }
  await counted.takeBack(true);
  return user;
}

function refused(): OperatorError {
  return new OperatorError(
    'sign_in_refused',
    'E-mail, password or code is not right.',
    'Check them and try again.',
  );
}

type Subjects = Readonly<Record<keyof typeof LIMITS, string>>;

function subjectsOf(email: string, address: string): Subjects {
  const account = createHash('sha256').update(normalEmail(email)).digest('hex').slice(0, 32);
  return { pair: `pair ${account} ${address}`, address: `address ${address}`, account: `account ${account}` };
}

async function refuseTooMany(queries: Queries, subjects: Subjects, now: Instant): Promise<void> {
  const since = plusMs(now, -WINDOW_MS);
  for (const kind of ['pair', 'address', 'account'] as const) {
    const row = await queries.get<{ failures: number }>(
      'SELECT COUNT(*) AS failures FROM sign_in_failure WHERE subject = ? AND at > ?',
      [subjects[kind], since],
    );
    if (Number(row?.failures ?? 0) >= LIMITS[kind])
      throw new OperatorError(
        'sign_in_throttled',
        'There were too many attempts.',
        'Wait 15 minutes, then try again.',
      );
  }
}

async function countAttempt(
  database: Database,
  subjects: Subjects,
  now: Instant,
): Promise<{ takeBack(signedIn: boolean): Promise<void> }> {
  const all = Object.values(subjects);
  await database.transaction(async (tx) => {
    await tx.run('DELETE FROM sign_in_failure WHERE at <= ?', [plusMs(now, -WINDOW_MS)]);
    for (const subject of all)
      await tx.run('INSERT INTO sign_in_failure (subject, at) VALUES (?, ?)', [subject, now]);
  });
  return {
    async takeBack(signedIn) {
      for (const subject of all)
        await database.run('DELETE FROM sign_in_failure WHERE subject = ? AND at = ?', [subject, now]);
      // Only who is in has the earlier failures forgotten: the right password alone must not buy guesses at the code.
      if (signedIn) await database.run('DELETE FROM sign_in_failure WHERE subject = ?', [subjects.pair]);
    },
  };
}
