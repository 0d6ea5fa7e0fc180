import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.js';
import { readMappingSearch, viewIn } from './search.js';

/** `/mappings/:channel/:view`: the mapping of a channel as rules, attributes, code, tests, versions, impact. */
export const mappingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings/$channel/$view',
  validateSearch: readMappingSearch,
  beforeLoad({ params }) {
    if (viewIn(params.view) === null) throw notFound();
  },
  component: lazyRouteComponent(() => import('./page.js'), 'MappingPage'),
});

/** `/mappings/:channel`: its rules. */
export const mappingStartRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mappings/$channel',
  beforeLoad({ params }) {
    throw redirect({ to: '/mappings/$channel/$view', params: { ...params, view: 'rules' }, replace: true });
  },
});
