import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '../access/permissions.js';
import type { App } from '../app.js';
import type { HouseMetrics } from '../metrics/prometheus.js';
import { readStored } from '../metrics/read-stored.js';
import { openProblems } from '../problems/problems.js';
import { reasonOf } from '../queue/job-queue.js';
import { standingOf } from '../views/overview.js';
import { refuseUnlessAllowed } from './allow.js';
import { identify } from './identify.js';
import { readiness } from './readiness.js';
import { sendProblem } from './send-problem.js';
import type { Door } from './server.js';
import { listingChannels } from './watched-channels.js';

/** What the door of operations shows. */
export interface OpsParts {
  readonly app: App;
  readonly version: string;
  readonly metrics: HouseMetrics;
  /** Aborted when the process was told to stop. */
  readonly stopping: AbortSignal;
}

const SEES: Permission = 'runs:read';

/**
 * For those who run the house: `/livez` (the process answers) and `/readyz` (it may be given work; 503: not) are open and say nothing about the
 * merchant; `/statusz` and `/metrics` need the right to see runs, as an API key (`omnifeed keys create … --scopes runs:read`) or a session.
 */
export function opsDoor(parts: OpsParts): Door {
  return {
    name: 'operations',
    add(server) {
      server.get('/livez', (_request, reply) => plain(reply).send({ alive: true }));
      server.get('/readyz', async (_request, reply) => {
        const found = await readiness(parts.app, parts.stopping);
        return plain(reply)
          .status(found.ready ? 200 : 503)
          .send(found);
      });
      server.get('/statusz', async (request, reply) =>
        allowed({ request, reply }, parts, async () => plain(reply).send(await status(parts))),
      );
      server.get('/metrics', async (request, reply) =>
        allowed({ request, reply }, parts, async () => {
          const text = await parts.metrics.text(() => stored(parts.app));
          return plain(reply).type(parts.metrics.type).send(text);
        }),
      );
    },
  };
}

function plain(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

interface Turn {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function allowed(
  turn: Turn,
  { app }: OpsParts,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    refuseUnlessAllowed(SEES, await identify(app, turn.request));
    return await answer();
  } catch (error) {
    return sendProblem(error, turn, app.log);
  }
}

async function stored(app: App): ReturnType<typeof readStored> {
  try {
    return await readStored(app);
  } catch (error) {
    app.log.error({ reason: reasonOf(error) }, 'metrics could not be read from the database');
    throw error;
  }
}

/** How every channel stands, in one answer for a person with `curl`. */
async function status({ app, version, stopping }: OpsParts): Promise<object> {
  const { database, clock, queue } = app;
  const now = clock.now();
  const problems = await openProblems(database);
  const channels = [];
  for (const channel of listingChannels(app))
    channels.push(await standingOf(database, channel, { problems, now }));
  return {
    at: now,
    version,
    readiness: await readiness(app, stopping),
    channels,
    jobs: { ...(await queue.depth()), dead: await queue.dead() },
    problems: problems.map(({ channel, severity, code, since }) => ({ channel, severity, code, since })),
  };
}
