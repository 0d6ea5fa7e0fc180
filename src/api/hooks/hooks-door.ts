import type { App } from '../../app.js';
import type { SignedCall } from '../../channel/notification-port.js';
import { isJsonObject } from '../../domain/json.js';
import { readAgain } from '../../orders/read-again.js';
import { keepHints } from '../../sync/hints.js';
import { sameSecret } from '../same-secret.js';
import type { Door } from '../server.js';

const BODY_BYTES = 64 * 1024;
const CALLS_PER_MINUTE = 300;
/** SKUs taken from one call. */
const MOST_SKUS = 100;

/**
 * `POST /hooks/<channel>/<secret>`: a channel tells that listings changed, a shop that products or orders did. The address is the secret; shops also sign,
 * and a call whose signature is not theirs gets 401. What they say is only a hint: the listings, orders and products are read back. Answers 204 whatever it
 * is about, so that nobody repeats what we do not want, and 404 for a wrong secret and an unknown channel alike.
 */
export function hooksDoor(app: App, secret: string): Door {
  return {
    name: 'hooks',
    add(server) {
      // In a scope of its own: signatures are over the bytes as they came.
      server.register(async (scope) => {
        // WooCommerce's first call is a form.
        scope.addContentTypeParser(
          ['application/json', 'application/x-www-form-urlencoded'],
          { parseAs: 'buffer' },
          (_request, body, done) => done(null, body),
        );
        scope.post<{ Params: { channel: string; secret: string }; Body: Buffer }>(
          '/hooks/:channel/:secret',
          { bodyLimit: BODY_BYTES, config: { rateLimit: { max: CALLS_PER_MINUTE, timeWindow: 60_000 } } },
          async ({ params, headers, body }, reply) => {
            const right = sameSecret(params.secret, secret);
            const known = app.config.channels.some(({ id }) => id === params.channel);
            if (!right || !known)
              return reply.status(404).send({ code: 'not_found', message: 'There is nothing here.' });
            if (!(await takeNews(app, params.channel, { headers, body })))
              return reply.status(401).send({
                code: 'signature_wrong',
                message: 'The call does not bear the signature of the shop.',
              });
            await take(app, params.channel, body);
            return reply.status(204).send();
          },
        );
      });
    },
  };
}

async function take(app: App, channel: string, bytes: Buffer): Promise<void> {
  const { notifications } = app.open(channel);
  if (!notifications) return;
  const body = parsed(bytes);
  const skus = isJsonObject(body) ? notifications.skusIn(body) : null;
  if (!skus || skus.length === 0) return;
  const told = { channel, skus: skus.slice(0, MOST_SKUS), now: app.clock.now() };
  const kept = await keepHints(app.database, told);
  if (kept > 0) await app.queue.wake('look', channel);
}

/** Anybody can call the address: what is no JSON is about nothing. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Wakes whoever reads what changed: the orders of ours by their channels, the products by the sources that are this shop. False: forged. */
async function takeNews(app: App, channel: string, call: SignedCall): Promise<boolean> {
  const { shopNews } = app.open(channel);
  if (!shopNews) return true;
  const news = shopNews.newsIn(call);
  if (news === null) return false;
  const told = { storefront: channel, storeIds: news.storeIds.slice(0, MOST_SKUS) };
  for (const seller of await readAgain(app.database, told)) await app.queue.wake('push-shipments', seller);
  const sources = news.catalog ? app.config.sources.filter((source) => source.channel === channel) : [];
  for (const source of sources) await app.queue.wake('import', source.id);
  return true;
}
