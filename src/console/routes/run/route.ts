import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/activity/runs/:id`: one run, its numbers and every line it told. */
export const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity/runs/$id',
  component: lazyRouteComponent(() => import('./page.js'), 'RunPage'),
});
