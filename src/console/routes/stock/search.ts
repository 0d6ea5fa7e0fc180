import { type Given, type ListPlace, placeIn, textIn } from '../../app/search-params.js';

/** What the address of the list says. */
export interface StockSearch extends ListPlace {
  readonly q?: string | undefined;
  readonly location?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readStockSearch(given: Given): StockSearch {
  return { q: textIn(given, 'q'), location: textIn(given, 'location'), ...placeIn(given) };
}
