import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readOrdersSearch } from './search.js';

/** `/orders?tab&channel&q&late&cursor`: orders, those that must leave first at the top. */
export const ordersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders',
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'OrdersPage'),
});
