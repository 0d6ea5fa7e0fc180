/** How hard a password is to guess, in words for the person who chooses it. The server decides what it takes. */
export type Strength = 'short' | 'simple' | 'good' | 'strong';

const LEAST = 12;
const LONG = 16;
const FEW_LETTERS = 6;

/** Length counts most; few different characters are simple whatever the length. */
export function strengthOf(password: string): Strength {
  if ([...password].length < LEAST) return 'short';
  if (new Set(password.toLowerCase()).size < FEW_LETTERS) return 'simple';
  return [...password].length < LONG ? 'good' : 'strong';
}
