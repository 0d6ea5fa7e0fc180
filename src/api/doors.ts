import path from 'node:path';
import type { FastifyRequest } from 'fastify';
import { callerOfSession } from '../access/sessions.js';
import { preferencesOf } from '../access/users.js';
import type { App } from '../app.js';
import { packageRoot } from '../config/package-root.js';
import { apiDoor } from './api-door.js';
import { checkoutDoor } from './checkout-door.js';
import { consoleDoor, type Display, displayOf, PLAIN_DISPLAY } from './console-door.js';
import { conversionsDoor } from './conversions-door.js';
import { docsDoor } from './docs-door.js';
import { hooksDoor } from './hooks/hooks-door.js';
import { identify } from './identify.js';
import { openApi } from './openapi.js';
import { ROUTES } from './routes/index.js';
import type { Door } from './server.js';
import { sessionIn } from './session-cookie.js';

const CONSOLE = path.join(packageRoot(), 'dist/console');

/** The doors the configuration asks for; none: no server is opened. `version` is that of the package. */
export function doorsOf(app: App, version: string): readonly Door[] {
  const { checkout, conversions, hooks, http } = app.config;
  return [
    ...(checkout === null ? [] : [checkoutDoor(app, checkout)]),
    ...(hooks === null ? [] : [hooksDoor(app, hooks.secret)]),
    ...(conversions === null ? [] : [conversionsDoor(app, conversions.secret)]),
    ...(http.console
      ? [
          apiDoor({ app, routes: ROUTES, identify: (request) => identify(app, request) }),
          docsDoor(() => openApi(ROUTES, version)),
          consoleDoor({ folder: CONSOLE, display: (request) => displayFor(app, request) }),
        ]
      : []),
  ];
}

async function displayFor(app: App, request: FastifyRequest): Promise<Display> {
  const secret = sessionIn(request.headers.cookie);
  const caller = secret === null ? null : await callerOfSession(app.database, secret, app.clock.now());
  return caller === null ? PLAIN_DISPLAY : displayOf(await preferencesOf(app.database, caller.id));
}
