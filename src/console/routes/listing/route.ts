import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readListingSearch } from './search.js';

/** `/listings/:channel/:sku?tab=`: everything about one listing. */
export const listingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/listings/$channel/$sku',
  validateSearch: readListingSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ListingPage'),
});
