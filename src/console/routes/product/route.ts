import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readProductSearch } from './search.js';

/** `/catalog/:productId?tab=&sku=`: one product with its variants and everything channels say about them. */
export const productRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog/$productId',
  validateSearch: readProductSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ProductPage'),
});
