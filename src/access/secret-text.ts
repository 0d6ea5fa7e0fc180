import { createHash, randomBytes } from 'node:crypto';

/** A secret nobody can guess: 256 random bits as text, after a prefix that says what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is kept of such a secret. Plain SHA-256 is enough: 256 random bits cannot be tried out. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
