import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/channels/:channel`: how a channel stands, what goes out, and its end. */
export const channelRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels/$channel',
  component: lazyRouteComponent(() => import('./page.js'), 'ChannelPage'),
});
