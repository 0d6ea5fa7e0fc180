import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textIn, wordIn } from '../../app/search-params.js';

/** What the address says: the token of the link, then the step. */
interface SetupSearch {
  readonly token?: string | undefined;
  readonly step?: 'market' | 'products' | undefined;
}

/** `/setup?token=`, then `?step=`: the first person of a house. The token is printed where the house was started. */
export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (given: Record<string, unknown>): SetupSearch => ({
    token: textIn(given, 'token'),
    step: wordIn(given, 'step', ['market', 'products'] as const),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'SetupPage'),
});
