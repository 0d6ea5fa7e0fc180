import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readProblemsSearch } from './search.js';

/** `/problems?tab=`: everything that needs a person, what heals by itself, and what was put off. */
export const problemsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/problems',
  validateSearch: readProblemsSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ProblemsPage'),
});
