import { type Given, type ListPlace, placeIn, wordIn } from '../../app/search-params.js';

/** What the address of an import says: which rows are listed. */
export interface ImportSearch extends ListPlace {
  readonly severity?: 'error' | 'warning' | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readImportSearch(given: Given): ImportSearch {
  return { severity: wordIn(given, 'severity', ['error', 'warning'] as const), ...placeIn(given) };
}
