import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Given, textIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** `/orders/exceptions?open=`: the queue of what needs a person, one card at a time. */
export const exceptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/orders/exceptions',
  validateSearch: (given: Given): { open?: string | undefined } => ({ open: textIn(given, 'open') }),
  component: lazyRouteComponent(() => import('./page.js'), 'ExceptionsPage'),
});
