import { createRootRoute, Outlet } from '@tanstack/react-router';
import { NotFound } from '../shell/not-found.js';
import { PageFailed } from '../shell/page-failed.js';

/** Above everything: pages outside the shell (sign-in, set-up) and the shell. */
export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});
