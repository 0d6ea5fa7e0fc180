import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { FulfilDesk } from '../stores/fulfil-desk.js';

/** The channel's desk. Throws `unknown_channel`, `sells_nothing`. */
export function deskOf(app: App, channel: string): FulfilDesk {
  const desk = app.fulfilDesk(channel);
  if (desk !== null) return desk;
  throw new OperatorError(
    'sells_nothing',
    `Channel "${channel}" sells nothing`,
    'Name a channel that has orders.',
  );
}
