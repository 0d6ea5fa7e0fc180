import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';

/** How late the process answers anybody, in milliseconds, over the last half second. */
export type LoopDelay = () => number;

/** Beyond this everybody waits too long: who comes now is sent away, so that those who are here are served. */
const TOO_LATE_MS = 1_000;
const LOOK_MS = 500;
const RESOLUTION_MS = 20;
/** What asks whether the process works must be answered. */
const PROBES = /^\/(livez|readyz)(\?|$)/;

/** Turns calls away with 503 while the process is too busy to answer in time. `delayMs`: instead of measuring. */
export function shedLoad(server: FastifyInstance, delayMs: LoopDelay = measured(server)): void {
  server.addHook('onRequest', async (request, reply) => {
    if (delayMs() <= TOO_LATE_MS || PROBES.test(request.url)) return;
    await reply
      .status(503)
      .header('retry-after', '5')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          status: 503,
          code: 'too_busy',
          title: 'Omnifeed has more to do than it can answer in time.',
          owner: 'us',
          advice: 'Try again in some seconds.',
          pointers: [],
          requestId: request.id,
        }),
      );
  });
}

function measured(server: FastifyInstance): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let lateMs = 0;
  const look = setInterval(() => {
    lateMs = histogram.count === 0 ? 0 : histogram.mean / 1e6;
    histogram.reset();
  }, LOOK_MS);
  look.unref();
  server.addHook('onClose', async () => {
    clearInterval(look);
    histogram.disable();
  });
  return () => lateMs;
}
