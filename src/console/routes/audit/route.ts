import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readAuditSearch } from './search.js';

/** `/activity/audit?actor&object&since&cursor`: who did what. */
export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'AuditPage'),
});
