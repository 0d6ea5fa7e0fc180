import { performance } from 'node:perf_hooks';
import { type Clock, instantOf } from './domain/instant.js';

/** The machine's clock. Tests and simulations bring their own. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  monotonicMs: () => performance.now(),
};
