import type { App } from '../app.js';
import { checkoutDoor } from './checkout-door.js';
import { conversionsDoor } from './conversions-door.js';
import type { Door } from './server.js';

/** The doors the configuration asks for; none: no server is opened. */
export function doorsOf(app: App): readonly Door[] {
  const { checkout, conversions } = app.config;
  return [
    ...(checkout === null ? [] : [checkoutDoor(app, checkout)]),
    ...(conversions === null ? [] : [conversionsDoor(app, conversions.secret)]),
  ];
}
