import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/channels`: channels and shops that are connected, and those somebody began to connect. */
export const channelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels',
  component: lazyRouteComponent(() => import('./page.js'), 'ChannelsPage'),
});
