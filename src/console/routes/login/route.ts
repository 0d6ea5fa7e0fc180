import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textIn } from '../../app/search-params.js';

/** `/login?back=`: where to go afterwards, a path of ours. */
export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (given: Record<string, unknown>): { back?: string | undefined } => ({
    back: ownPath(textIn(given, 'back')),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'LoginPage'),
});

/** Only paths of this house: an address that leads elsewhere is dropped. */
function ownPath(path: string | undefined): string | undefined {
  return path?.startsWith('/') && !/^\/[/\\]/.test(path) ? path : undefined;
}
