import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readPlanSearch } from './search.js';

/** `/plans/:channel?change&held&cursor`: what would be sent to a channel now. */
export const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$channel',
  validateSearch: readPlanSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'PlanPage'),
});
