import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/activity/schedules`: when each job looks by itself. */
export const schedulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity/schedules',
  component: lazyRouteComponent(() => import('./page.js'), 'SchedulesPage'),
});
