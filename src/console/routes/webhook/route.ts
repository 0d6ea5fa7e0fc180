import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readWebhookSearch } from './search.js';

/** `/settings/webhooks/:id?state&cursor`: one webhook and what it was told. */
export const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks/$id',
  validateSearch: readWebhookSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'WebhookPage'),
});
