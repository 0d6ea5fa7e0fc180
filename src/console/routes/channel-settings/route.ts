import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/channels/:channel/settings`: how a channel is connected. */
export const channelSettingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels/$channel/settings',
  component: lazyRouteComponent(() => import('./page.js'), 'ChannelSettingsPage'),
});
