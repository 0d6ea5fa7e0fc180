import { type Given, numberIn, textIn } from '../../app/search-params.js';

/** What the address of a lookup table says. */
export interface LookupSearch {
  /** Whose table it is: a channel may have its own. */
  readonly channel?: string | undefined;
  readonly find?: string | undefined;
  /** The page of rows, from 0. */
  readonly at?: number | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readLookupSearch(given: Given): LookupSearch {
  return { channel: textIn(given, 'channel'), find: textIn(given, 'find'), at: numberIn(given, 'at') };
}
