import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Given, type ListPlace, placeIn, textIn, wordIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';
import { LEDGER_PARTS, type LedgerPart } from '../../ui/state-chip/state-chip.js';

/** What the address of the list says. */
export interface CatalogSearch extends ListPlace {
  readonly q?: string | undefined;
  readonly source?: string | undefined;
  readonly channel?: string | undefined;
  readonly state?: LedgerPart | undefined;
}

function readSearch(given: Given): CatalogSearch {
  return {
    q: textIn(given, 'q'),
    source: textIn(given, 'source'),
    channel: textIn(given, 'channel'),
    state: wordIn(given, 'state', LEDGER_PARTS),
    ...placeIn(given),
  };
}

/** `/catalog?q&source&channel&state&cursor`: products and variants. */
export const catalogRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'CatalogPage'),
});
