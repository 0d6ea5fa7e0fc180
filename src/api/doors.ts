import type { App } from '../app.js';
import { checkoutDoor } from './checkout-door.js';
import { conversionsDoor } from './conversions-door.js';
import { hooksDoor } from './hooks/hooks-door.js';
import type { Door } from './server.js';

/** The doors the configuration asks for; none: no server is opened. */
export function doorsOf(app: App): readonly Door[] {
  const { checkout, conversions, hooks } = app.config;
  return [
    ...(checkout === null ? [] : [checkoutDoor(app, checkout)]),
    ...(hooks === null ? [] : [hooksDoor(app, hooks.secret)]),
    ...(conversions === null ? [] : [conversionsDoor(app, conversions.secret)]),
  ];
}
