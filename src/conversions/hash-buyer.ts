import { createHash } from 'node:crypto';
import type { JsonObject } from '../domain/json.js';
import type { HashedBuyer } from '../domain/web-purchase.js';

const LONGEST = 200;
const letters = (text: string): string => text.toLowerCase().replace(/[\s\p{P}\p{S}\p{N}]+/gu, '');

/** Spelling before hashing, the one advertising platforms agree on: small letters, no blanks, phone with country code and digits alone. */
const SPELLING: Readonly<Record<keyof HashedBuyer, (text: string) => string>> = {
  email: (text) => text.toLowerCase().replace(/\s+/g, ''),
  phone: (text) => text.replace(/\D+/g, '').replace(/^0+/, ''),
  firstName: letters,
  lastName: letters,
  postalCode: (text) => text.toLowerCase().replace(/[\s-]+/g, ''),
  city: letters,
  country: (text) => text.toLowerCase(),
  buyerId: (text) => text,
};

/** Hashes what a shop tells of a buyer. Members that are missing, empty, too long or of no use are left out. Pure. */
export function hashBuyer(buyer: JsonObject): HashedBuyer {
  const hashed: Partial<Record<keyof HashedBuyer, string>> = {};
  for (const name of Object.keys(SPELLING) as (keyof HashedBuyer)[]) {
    const value = buyer[name];
    const plain = typeof value === 'string' && value.length <= LONGEST ? SPELLING[name](value.trim()) : '';
    if (isUsable(name, plain)) hashed[name] = createHash('sha256').update(plain).digest('hex');
  }
  return hashed;
}

function isUsable(name: keyof HashedBuyer, plain: string): boolean {
  if (name === 'email') return /^[^@]+@[^@]+\.[^@]+$/.test(plain);
  if (name === 'phone') return plain.length >= 7 && plain.length <= 15;
  if (name === 'country') return /^[a-z]{2}$/.test(plain);
  return plain !== '';
}
