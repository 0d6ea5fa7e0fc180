import { type Given, wordIn } from '../../app/search-params.js';

/** The tabs of the page. */
export const LISTING_TABS = ['why', 'issues', 'history'] as const;

/** What the address of the page says. */
export interface ListingSearch {
  readonly tab?: (typeof LISTING_TABS)[number] | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readListingSearch(given: Given): ListingSearch {
  return { tab: wordIn(given, 'tab', LISTING_TABS) };
}
