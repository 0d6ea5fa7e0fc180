import { type Given, numberIn, textIn, wordIn } from '../../app/search-params.js';

/** The views of a mapping; each is a view of one text. */
export const MAPPING_VIEWS = ['rules', 'attributes', 'code', 'tests', 'versions', 'impact'] as const;
/** One of them. */
export type MappingView = (typeof MAPPING_VIEWS)[number];

/** Which products the preview offers. */
export const PICKS = ['issues', 'changed', 'all', 'tests'] as const;
/** One of them. */
export type Pick = (typeof PICKS)[number];

/** What a telephone shows of the three parts. */
export const PANES = ['edit', 'preview'] as const;

/** The tabs of the impact. */
export const IMPACT_TABS = ['changed', 'appears', 'vanishes', 'newlyBlocked', 'fixed'] as const;

/** What the address of the page says. */
export interface MappingSearch {
  /** The product in the preview, and the list it comes from. */
  readonly sku?: string | undefined;
  readonly pick?: Pick | undefined;
  /** The attribute that is looked for: rules and attributes are filtered by it. */
  readonly find?: string | undefined;
  readonly pane?: (typeof PANES)[number] | undefined;
  readonly tab?: (typeof IMPACT_TABS)[number] | undefined;
  /** The version that is looked at. */
  readonly version?: number | undefined;
  /** Line the code view opens at. */
  readonly line?: number | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readMappingSearch(given: Given): MappingSearch {
  return {
    sku: textIn(given, 'sku'),
    pick: wordIn(given, 'pick', PICKS),
    find: textIn(given, 'find'),
    pane: wordIn(given, 'pane', PANES),
    tab: wordIn(given, 'tab', IMPACT_TABS),
    version: numberIn(given, 'version'),
    line: numberIn(given, 'line'),
  };
}

/** The view of an address; null: there is none of that name. */
export function viewIn(name: string): MappingView | null {
  return MAPPING_VIEWS.find((view) => view === name) ?? null;
}
