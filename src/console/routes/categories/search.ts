import { type Given, numberIn, textIn, wordIn } from '../../app/search-params.js';

/** Which of the merchant's categories are shown. */
export const WHICH = ['open', 'suggested', 'mapped'] as const;

/** What the address of the page says. */
export interface CategoriesSearch {
  readonly which?: (typeof WHICH)[number] | undefined;
  readonly find?: string | undefined;
  /** Suggestions from this confidence on are taken, in percent. */
  readonly from?: number | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readCategoriesSearch(given: Given): CategoriesSearch {
  return { which: wordIn(given, 'which', WHICH), find: textIn(given, 'find'), from: numberIn(given, 'from') };
}
