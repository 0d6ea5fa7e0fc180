import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readSourceSearch } from './search.js';

/** `/sources/:source`: how a source is read, and its imports. */
export const sourceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/$source',
  validateSearch: readSourceSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'SourcePage'),
});
