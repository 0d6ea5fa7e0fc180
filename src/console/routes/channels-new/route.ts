import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readChannelsNewSearch } from './search.js';

/** `/channels/new`: what can be connected. */
export const channelsNewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels/new',
  validateSearch: readChannelsNewSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ChannelsNewPage'),
});
