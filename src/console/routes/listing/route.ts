import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { wordIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** The tabs of the page. */
export const LISTING_TABS = ['why', 'issues', 'history'] as const;

/** What the address of the page says. */
export interface ListingSearch {
  readonly tab?: (typeof LISTING_TABS)[number] | undefined;
}

/** `/listings/:channel/:sku?tab=`: everything about one listing. */
export const listingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/listings/$channel/$sku',
  validateSearch: (given: Record<string, unknown>): ListingSearch => ({
    tab: wordIn(given, 'tab', LISTING_TABS),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'ListingPage'),
});
