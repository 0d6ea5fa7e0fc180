import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readListingsSearch } from './search.js';

/** `/listings?channel&state&issue&q&group&cursor&open`: one row per variant and channel. */
export const listingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/listings',
  validateSearch: readListingsSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ListingsPage'),
});
