import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readImportSearch } from './search.js';

/** `/sources/:source/imports/:import`: what one import brought, and the rows it set aside. */
export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources/$source/imports/$import',
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('./page.js'), 'ImportPage'),
});
