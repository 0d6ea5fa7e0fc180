import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/mappings`: one card per channel. */
export const mappingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings',
  component: lazyRouteComponent(() => import('./page.js'), 'MappingsPage'),
});
