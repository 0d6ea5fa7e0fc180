import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';

/** How late the process answers anybody for some seconds now, in milliseconds. */
export type LoopDelay = () => number;

/** Beyond this everybody waits too long: who comes now is sent away, so that those who are here are served. */
const TOO_LATE_MS = 1_000;
const LOOK_MS = 500;
const LOOKS = 6;
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
  const late = lateness();
  const look = setInterval(() => {
    late.look(histogram.count === 0 ? 0 : histogram.mean / 1e6);
    histogram.reset();
  }, LOOK_MS);
  look.unref();
  server.addHook('onClose', async () => {
    clearInterval(look);
    histogram.disable();
  });
  return late.ms;
}

/** The least of the last looks: one long piece of work is no reason to turn anybody away, and being late all the time is. Pure but for what it was told. */
export function lateness(): { look(delayMs: number): void; ms(): number } {
  const looks: number[] = [];
  return {
    look(delayMs) {
      looks.push(delayMs);
      if (looks.length > LOOKS) looks.shift();
    },
    ms: () => (looks.length < LOOKS ? 0 : Math.min(...looks)),
  };
}
