import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';

/** `/stock/:sku`: the stock of one variant, who holds it and how it moved. */
export const stockSkuRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/stock/$sku',
  component: lazyRouteComponent(() => import('./page.js'), 'StockSkuPage'),
});
