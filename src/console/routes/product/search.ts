import { type Given, textIn, wordIn } from '../../app/search-params.js';

/** The tabs of the page. */
export const PRODUCT_TABS = ['channels', 'source', 'overrides', 'history'] as const;

/** What the address of the page says; `sku`: the variant that is looked at. */
export interface ProductSearch {
  readonly tab?: (typeof PRODUCT_TABS)[number] | undefined;
  readonly sku?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readProductSearch(given: Given): ProductSearch {
  return { tab: wordIn(given, 'tab', PRODUCT_TABS), sku: textIn(given, 'sku') };
}
