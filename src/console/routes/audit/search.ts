import { type Given, type ListPlace, placeIn, textIn } from '../../app/search-params.js';

/** What the address of the list says. */
export interface AuditSearch extends ListPlace {
  /** Id of a user or a key. */
  readonly actor?: string | undefined;
  /** `order amazon-us 123`. */
  readonly object?: string | undefined;
  /** `2026-11-25`: from the beginning of this day on the reader's clock. */
  readonly since?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readAuditSearch(given: Given): AuditSearch {
  return {
    actor: textIn(given, 'actor'),
    object: textIn(given, 'object'),
    since: textIn(given, 'since'),
    ...placeIn(given),
  };
}
