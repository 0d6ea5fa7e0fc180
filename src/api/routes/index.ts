import type { Route } from '../route.js';
import { meRoutes } from './me.js';

/** Every route of the API, area by area in the order of the documentation. One line per file. */
export const ROUTES: readonly Route[] = [...meRoutes];
