import { type Given, type ListPlace, placeIn } from '../../app/search-params.js';

/** What the address of a source says: the place in the list of its imports. */
export function readSourceSearch(given: Given): ListPlace {
  return placeIn(given);
}
