import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textIn } from '../../app/search-params.js';

/** `/setup?token=`: the first person of a house. The token is printed where the house was started. */
export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (given: Record<string, unknown>): { token?: string | undefined } => ({
    token: textIn(given, 'token'),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'SetupPage'),
});
