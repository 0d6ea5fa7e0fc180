import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Given, textIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** `/orders/pick-list?location=`: what is to be fetched from the shelves, to print. */
export const pickListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/pick-list',
  validateSearch: (given: Given): { location?: string | undefined } => ({
    location: textIn(given, 'location'),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'PickListPage'),
});
