import { createHash } from 'node:crypto';

/**
 * The name of an order's files without their ending: the key in letters every file system takes, and a part of its hash, because two keys may differ in
 * other letters only. Always the same for a key: a repeat writes over itself. Pure.
 */
export function fileNameOf(key: string): string {
  const readable = key
    .replace(/[^A-Za-z0-9-]+/g, '_')
    .replace(/^[_-]+/, '')
    .slice(0, 100);
  return `${readable === '' ? 'order' : readable}.${createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 12)}`;
}
