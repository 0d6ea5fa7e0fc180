import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readConnectSearch } from './search.js';

/** `/channels/new/:connector?channel&step`: connects a channel, step by step. */
export const connectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels/new/$connector',
  validateSearch: readConnectSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ConnectPage'),
});
