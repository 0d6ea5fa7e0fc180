import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same. Hashed first, so that neither length nor content shows in the time it takes. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
