import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

const at = (channel: string, what: string): string => `${pathOf('/channels', channel)}/${what}`;

/** Stops everything that would be sent to the channel or asked of it. */
export function pauseChannel(channel: string): Promise<void> {
  return call<void>('POST', at(channel, 'pause'), { idempotencyKey: onceKey() });
}

/** Puts it to work again, once its check finds nothing wrong. */
export function resumeChannel(channel: string): Promise<void> {
  return call<void>('POST', at(channel, 'resume'), { idempotencyKey: onceKey() });
}

/** Forgets how it is connected; its listings stay as they are. */
export function disconnectChannel(channel: string): Promise<void> {
  return call<void>('POST', at(channel, 'disconnect'), { idempotencyKey: onceKey() });
}

/** Has every listing of ours removed, then forgets it. Refused when the number moved. */
export function takeDownChannel(channel: string, count: number): Promise<void> {
  return call<void>('POST', at(channel, 'take-down'), { body: { count }, idempotencyKey: onceKey() });
}
