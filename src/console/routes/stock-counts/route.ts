import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/stock/counts`: takes counts from a file. */
export const stockCountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/stock/counts',
  component: lazyRouteComponent(() => import('./page.js'), 'StockCountsPage'),
});
