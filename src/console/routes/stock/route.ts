import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readStockSearch } from './search.js';

/** `/stock?q&location&cursor`: what is on hand, promised, and may be offered on each channel. */
export const stockRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/stock',
  validateSearch: readStockSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'StockPage'),
});
