import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { OperatorError } from '../domain/errors.js';

/** Encrypts what must not be readable in the database or a backup: credentials, buyer data. */
export interface Sealer {
  /** Names the key in use, without telling anything about it. */
  readonly keyId: string;
  /**
   * Text that only `open` with the same `aad` reads. `aad` says where it stands (`order_pii:123`), so that a sealed
   * value copied to another row does not open there.
   */
  seal(text: string, aad: string): string;
  /** Throws `sealed_with_other_key` or `sealed_damaged`. */
  open(sealed: string, aad: string): string;
}

/** Secrets a channel gave us while we work with it, kept sealed in the database. */
export interface SecretShelf {
  /** Null: none is kept. Throws OperatorError when it cannot be opened. */
  read(name: string): Promise<string | null>;
  /** Throws OperatorError when the house has no key. */
  keep(name: string, text: string): Promise<void>;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** AES-256-GCM with a random nonce per value. `older` keys still open what they sealed, after a change of key. */
export function sealer(key: Buffer, older: readonly Buffer[] = []): Sealer {
  const keys = new Map([key, ...older].map((candidate) => [keyIdOf(candidate), candidate]));
  const keyId = keyIdOf(key);
  return {
    keyId,
    seal(text, aad) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(aad, 'utf8'));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, keyId, nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed, aad) {
      const [version, id, nonce, body] = sealed.split('.');
      if (version !== VERSION || id === undefined || nonce === undefined || body === undefined)
        throw damaged();
      const fitting = keys.get(id);
      if (!fitting) throw otherKey(id);
      return decrypted({ key: fitting, aad, nonce: bytes(nonce), body: bytes(body) });
    },
  };
}

function decrypted(parts: { key: Buffer; aad: string; nonce: Buffer; body: Buffer }): string {
  const { key, aad, nonce, body } = parts;
  if (nonce.length !== NONCE_BYTES || body.length < TAG_BYTES) throw damaged();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(aad, 'utf8'));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw damaged(cause);
  }
}

function keyIdOf(key: Buffer): string {
  if (key.length !== KEY_BYTES) {
    throw new OperatorError('key_weak', `The data key has ${key.length} bytes instead of 32`, KEY_ADVICE);
  }
  return createHmac('sha256', key).update('omnifeed key id').digest('hex').slice(0, 8);
}

/** How an operator makes a key. */
export const KEY_ADVICE =
  'Make one with `openssl rand -base64 32` and set it as OMNIFEED_KEY, or put it into the file `keyFile` names.';

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function damaged(cause?: unknown): OperatorError {
  return new OperatorError(
    'sealed_damaged',
    'An encrypted value cannot be read: it was changed, cut, or belongs to another row',
    'Restore the row from a backup, or enter the value again.',
    cause,
  );
}

function otherKey(id: string): OperatorError {
  return new OperatorError(
    'sealed_with_other_key',
    `An encrypted value was sealed with key ${id}, which is not the present data key`,
    'Set OMNIFEED_KEY (or the key file) to the key the database was written with.',
  );
}
