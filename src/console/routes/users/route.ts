import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/settings/users`: who may sign in. */
export const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/users',
  component: lazyRouteComponent(() => import('./page.js'), 'UsersPage'),
});
