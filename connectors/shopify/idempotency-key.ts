import { createHash } from 'node:crypto';

/** A UUID that is always the same for a text (the form of RFC 9562, version 8). Never reused for another change. */
export function idempotencyKey(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
