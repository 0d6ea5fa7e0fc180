import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KEY_ADVICE } from '../channel/credentials.js';
import { OperatorError } from '../domain/errors.js';

/** Environment variable that holds the data key. */
export const KEY_VARIABLE = 'OMNIFEED_KEY';

const KEY_BYTES = 32;
const FEWEST_DIFFERENT_BYTES = 12; // 32 random bytes have fewer once in more than 10^20 keys

/** A new data key as text, 32 random bytes in base64. */
export function newKeyText(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/**
 * The data key: from the environment, else from the key file. Throws `key_missing` or `key_weak`; what is encrypted with a
 * weak key is not protected, so a weak one is refused.
 */
export async function dataKey(
  keyFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Buffer> {
  const given = environment[KEY_VARIABLE];
  if (given !== undefined && given !== '') return keyOf(given, KEY_VARIABLE);
  try {
    return keyOf(await readFile(keyFile, 'utf8'), keyFile);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(
      'key_missing',
      code === 'ENOENT'
        ? `There is no data key: ${KEY_VARIABLE} is not set and ${keyFile} does not exist`
        : `The key file ${keyFile} cannot be read (${code ?? 'unknown'})`,
      KEY_ADVICE,
      error,
    );
  }
}

function keyOf(text: string, from: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : base64Of(trimmed);
  if (key === null || key.length !== KEY_BYTES) {
    throw new OperatorError(
      'key_weak',
      `${from} does not hold 32 bytes in base64 or hexadecimal`,
      KEY_ADVICE,
    );
  }
  if (new Set(key).size < FEWEST_DIFFERENT_BYTES) {
    throw new OperatorError('key_weak', `${from} holds a key that is not random`, KEY_ADVICE);
  }
  return key;
}

function base64Of(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}
