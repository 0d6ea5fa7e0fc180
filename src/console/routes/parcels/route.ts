import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/orders/parcels`: announces the parcels of a file. */
export const parcelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/parcels',
  component: lazyRouteComponent(() => import('./page.js'), 'ParcelsPage'),
});
