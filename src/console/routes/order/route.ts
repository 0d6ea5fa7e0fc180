import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/orders/:channel/:order`: one order, what happened to it and what is to be done. */
export const orderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/$channel/$order',
  component: lazyRouteComponent(() => import('./page.js'), 'OrderPage'),
});
