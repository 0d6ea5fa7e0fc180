import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readLookupSearch } from './search.js';

/** `/mappings/lookups?channel=`: the lookup tables of a channel's mapping. */
export const lookupsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings/lookups',
  validateSearch: readLookupSearch,
  component: lazyRouteComponent(() => import('./list-page.js'), 'LookupsPage'),
});

/** `/mappings/lookups/:name?channel=`: one of them, to be edited. */
export const lookupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings/lookups/$name',
  validateSearch: readLookupSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'LookupPage'),
});
