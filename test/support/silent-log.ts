import type { Log } from '../../src/channel/connector.js';
import type { Clock } from '../../src/domain/instant.js';

/** A log that keeps nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real time, for tests whose subject waits with real timers. */
export const realClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
};
