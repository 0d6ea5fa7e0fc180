import { createHash, hash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './json.js';

/** Short fingerprint of a text, the same on every machine: 16 letters (96 bits) of base64url of SHA-1. Not for security. */
export function fingerprint(text: string): string {
  return digest(text).slice(0, 16);
}

/** Fingerprint of a JSON value whatever the order of its members. */
export function revisionOf(value: JsonValue): string {
  return fingerprint(canonicalJson(value));
}

// crypto.hash is several times faster than createHash and exists from Node 20.12; both give the same digest.
const digest: (text: string) => string =
  typeof hash === 'function'
    ? (text) => hash('sha1', text, 'base64url')
    : (text) => createHash('sha1').update(text).digest('base64url');
