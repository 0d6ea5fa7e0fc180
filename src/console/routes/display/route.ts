import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/settings/display`: how the console looks and listens for one person. */
export const displayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/display',
  component: lazyRouteComponent(() => import('./page.js'), 'DisplayPage'),
});
