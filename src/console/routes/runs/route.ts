import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readRunsSearch } from './search.js';

/** `/activity?job&key&outcome&cursor`: what jobs did. */
export const runsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity',
  validateSearch: readRunsSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'RunsPage'),
});
