import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** `/?since=`: how everything stands, and what happened since an instant. */
export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: (given: Record<string, unknown>): { since?: string | undefined } => ({
    since: textIn(given, 'since'),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'OverviewPage'),
});
