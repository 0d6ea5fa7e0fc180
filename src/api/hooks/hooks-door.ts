import type { App } from '../../app.js';
import { isJsonObject, type JsonValue } from '../../domain/json.js';
import { keepHints } from '../../sync/hints.js';
import { sameSecret } from '../same-secret.js';
import type { Door } from '../server.js';

const BODY_BYTES = 64 * 1024;
const CALLS_PER_MINUTE = 300;
/** SKUs taken from one call. */
const MOST_SKUS = 100;

/**
 * `POST /hooks/<channel>/<secret>`: a channel tells that listings changed. Channels sign nothing, so the address is the secret and what
 * they say is only a hint: the listings are read back. Answers 204 whatever it is about, so that nobody repeats what we do not want,
 * and 404 for a wrong secret and an unknown channel alike.
 */
export function hooksDoor(app: App, secret: string): Door {
  return {
    name: 'hooks',
    add(server) {
      server.post<{ Params: { channel: string; secret: string }; Body: JsonValue }>(
        '/hooks/:channel/:secret',
        { bodyLimit: BODY_BYTES, config: { rateLimit: { max: CALLS_PER_MINUTE, timeWindow: 60_000 } } },
        async ({ params, body }, reply) => {
          const right = sameSecret(params.secret, secret);
          const known = app.config.channels.some(({ id }) => id === params.channel);
          if (!right || !known)
            return reply.status(404).send({ code: 'not_found', message: 'There is nothing here.' });
          await take(app, params.channel, body);
          return reply.status(204).send();
        },
      );
    },
  };
}

async function take(app: App, channel: string, body: JsonValue): Promise<void> {
  const skus = isJsonObject(body) ? app.open(channel).notifications?.skusIn(body) : null;
  if (!skus || skus.length === 0) return;
  const told = { channel, skus: skus.slice(0, MOST_SKUS), now: app.clock.now() };
  const kept = await keepHints(app.database, told);
  if (kept > 0) await app.queue.wake('look', channel);
}
