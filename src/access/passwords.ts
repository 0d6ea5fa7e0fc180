import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { OperatorError } from '../domain/errors.js';

/** What a hash costs. */
interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The floor of the OWASP password cheat sheet (read 2026-11-25) in its form of least memory: 32 MiB and about a third of a second. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const AT_ONCE = 2;

const FEWEST = 12;
const MOST = 200;

/** Passwords of 12 letters and more that everybody tries first. */
const KNOWN =
  /^(.)\1*$|^(password|passwort|qwertz|qwerty|letmein|administrator|welcome|omnifeed|iloveyou)+[\d!.]*$|^(0?1234567890?)+\d*$/i;

/** Throws `password_weak`, saying why, for a password too short, too long, known everywhere or made of the person's own name. */
export function refuseWeak(
  password: string,
  person: { readonly name: string; readonly email: string },
): void {
  const why = weakness(password, person);
  if (why !== null)
    throw new OperatorError(
      'password_weak',
      `The password ${why}.`,
      `Use ${FEWEST} characters or more; a few words in a row are easy to remember.`,
    );
}

function weakness(
  password: string,
  { name, email }: { readonly name: string; readonly email: string },
): string | null {
  const length = [...password].length;
  if (length < FEWEST) return `has ${length} characters; it needs ${FEWEST}`;
  if (length > MOST) return `is longer than ${MOST} characters`;
  if (KNOWN.test(password)) return 'is one of those everybody tries first';
  const own = [email, email.split('@')[0] ?? '', name].map((text) => text.toLowerCase());
  if (own.includes(password.toLowerCase())) return 'is your own name or address';
  return null;
}

/** The hash to keep: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password is the one a hash was made of. Null (no such person) takes as long as a wrong password. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [kind, n, r, p, salt, key] = (hash ?? '').split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) {
    await derive(password, Buffer.alloc(SALT_BYTES), COST);
    return false;
  }
  const kept = Buffer.from(key, 'base64url');
  const made = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return kept.length === made.length && timingSafeEqual(kept, made);
}

let running = 0;
const waiting: (() => void)[] = [];

/** Two at once: a storm of guesses must not take the machine's memory. */
async function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await scrypted(password.normalize('NFC'), salt, { ...cost, maxmem: 256 * cost.N * cost.r });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function scrypted(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
