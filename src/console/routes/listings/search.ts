import { flagIn, type Given, type ListPlace, placeIn, textIn, wordIn } from '../../app/search-params.js';
import { LEDGER_PARTS, type LedgerPart } from '../../ui/state-chip/state-chip.js';

/** What the address of the list says. */
export interface ListingsSearch extends ListPlace {
  readonly channel?: string | undefined;
  readonly state?: LedgerPart | undefined;
  /** `code` or `code:attribute`. */
  readonly issue?: string | undefined;
  readonly q?: string | undefined;
  /** Rows although the state is one that is shown by issue. */
  readonly rows?: true | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readListingsSearch(given: Given): ListingsSearch {
  return {
    channel: textIn(given, 'channel'),
    state: wordIn(given, 'state', LEDGER_PARTS),
    issue: textIn(given, 'issue'),
    q: textIn(given, 'q'),
    rows: flagIn(given, 'rows'),
    ...placeIn(given),
  };
}

const BY_ISSUE: readonly (LedgerPart | undefined)[] = ['blocked', 'rejected'];

/** Whether the address shows groups of equal issues instead of rows. */
export function showsGroups({ state, issue, q, rows }: ListingsSearch): boolean {
  return BY_ISSUE.includes(state) && issue === undefined && q === undefined && rows !== true;
}

/** Whether a state can be shown by issue at all. */
export function canGroup({ state, issue, q }: ListingsSearch): boolean {
  return BY_ISSUE.includes(state) && issue === undefined && q === undefined;
}

/** Filters set besides the tab. */
export function filtersSet({ channel, issue, q }: ListingsSearch): number {
  return [channel, issue, q].filter((value) => value !== undefined).length;
}
