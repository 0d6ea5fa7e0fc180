import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readCatalogSearch } from './search.js';

/** `/catalog?q&source&channel&state&cursor`: products and variants. */
export const catalogRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog',
  validateSearch: readCatalogSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'CatalogPage'),
});
