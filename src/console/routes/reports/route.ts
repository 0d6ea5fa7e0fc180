import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readReportsSearch } from './search.js';

/** `/reports?report&by&figure&channel&from&to`: sales, and what each listing would leave. */
export const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  validateSearch: readReportsSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ReportsPage'),
});
