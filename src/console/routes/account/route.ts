import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/settings/account`: one’s own name, password, second factor and sessions. */
export const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/account',
  component: lazyRouteComponent(() => import('./page.js'), 'AccountPage'),
});
