import { type Given, wordIn } from '../../app/search-params.js';

/** What the address says: whether shops are looked for. */
export interface ChannelsNewSearch {
  readonly kind?: 'shop' | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readChannelsNewSearch(given: Given): ChannelsNewSearch {
  return { kind: wordIn(given, 'kind', ['shop'] as const) };
}
