import { createRoute, redirect } from '@tanstack/react-router';
import { ApiProblem } from '../app/call.js';
import { queryClient } from '../app/query-client.js';
import { rootRoute } from '../app/root-route.js';
import { meQuery } from '../app/session.js';
import { NotFound } from './not-found.js';
import { PageFailed } from './page-failed.js';
import { Shell } from './shell.js';

/** Every page behind the sign-in. Whoever is not signed in is sent there and comes back to the page asked for. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
  async beforeLoad({ location }) {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401)
        throw redirect({ to: '/login', search: { back: location.href } });
      throw error;
    }
  },
});

/** Addresses that lead nowhere, inside the shell: the way to everything else stays in sight. */
export const nowhereRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  component: NotFound,
});
