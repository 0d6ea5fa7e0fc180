import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { wordIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** The tabs of the page. */
export const PROBLEM_TABS = ['you', 'heals'] as const;

/** One of them. */
export type ProblemTab = (typeof PROBLEM_TABS)[number];

/** `/problems?tab=`: everything that needs a person, and what heals by itself. */
export const problemsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/problems',
  validateSearch: (given: Record<string, unknown>): { tab?: ProblemTab | undefined } => ({
    tab: wordIn(given, 'tab', PROBLEM_TABS),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'ProblemsPage'),
});
