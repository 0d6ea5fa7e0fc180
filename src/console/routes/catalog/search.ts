import { type Given, type ListPlace, placeIn, textIn, wordIn } from '../../app/search-params.js';
import { LEDGER_PARTS, type LedgerPart } from '../../ui/state-chip/state-chip.js';

/** What the address of the list says. */
export interface CatalogSearch extends ListPlace {
  readonly q?: string | undefined;
  readonly source?: string | undefined;
  readonly channel?: string | undefined;
  readonly state?: LedgerPart | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readCatalogSearch(given: Given): CatalogSearch {
  return {
    q: textIn(given, 'q'),
    source: textIn(given, 'source'),
    channel: textIn(given, 'channel'),
    state: wordIn(given, 'state', LEDGER_PARTS),
    ...placeIn(given),
  };
}
