import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Given, type ListPlace, placeIn, wordIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** Kinds of change. */
export const CHANGES = ['create', 'update', 'offer', 'remove'] as const;

/** What the address of the page says; `show`: the changes that are listed. */
export interface PlanSearch extends ListPlace {
  readonly change?: (typeof CHANGES)[number] | undefined;
  readonly held?: 'yes' | undefined;
}

/** `/plans/:channel?change&held&cursor`: what would be sent to a channel now. */
export const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/plans/$channel',
  validateSearch: (given: Given): PlanSearch => ({
    change: wordIn(given, 'change', CHANGES),
    held: wordIn(given, 'held', ['yes'] as const),
    ...placeIn(given),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'PlanPage'),
});
