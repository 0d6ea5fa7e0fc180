import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/settings/keys`: API keys. */
export const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('./page.js'), 'KeysPage'),
});
