import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readCategoriesSearch } from './search.js';

/** `/mappings/categories/:channel`: the merchant's categories beside the channel's. */
export const categoriesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings/categories/$channel',
  validateSearch: readCategoriesSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'CategoriesPage'),
});
