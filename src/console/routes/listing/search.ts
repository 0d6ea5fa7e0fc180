import { type Given, textIn, wordIn } from '../../app/search-params.js';

/** The tabs of the page. */
export const LISTING_TABS = ['why', 'issues', 'history', 'raw'] as const;

/** What the address of the page says. */
export interface ListingSearch {
  readonly tab?: (typeof LISTING_TABS)[number] | undefined;
  /** A moment that has passed: why it was so then. */
  readonly at?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readListingSearch(given: Given): ListingSearch {
  return { tab: wordIn(given, 'tab', LISTING_TABS), at: textIn(given, 'at') };
}
