import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readSourceNewSearch } from './search.js';

/** `/sources/new?step&upload…`: brings products, step by step. */
export const sourceNewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/new',
  validateSearch: readSourceNewSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'SourceNewPage'),
});
