import type { App } from '../app.js';
import type { CheckoutSettings } from '../checkout/checkout-settings.js';
import { readCheckout } from '../checkout/read-request.js';
import { resolveCheckout } from '../checkout/resolve-checkout.js';
import type { Door } from './server.js';

/** Longest query taken; browsers and shops manage no more. */
const LONGEST_QUERY = 8_000;

/**
 * `GET /meta/checkout?products=…&coupon=…`: 302 to the shop's cart. A link that names no products or cannot be read is answered
 * with 400. Nothing of the query is logged but counts: it carries click ids.
 */
export function checkoutDoor(app: Pick<App, 'database' | 'log'>, settings: CheckoutSettings): Door {
  return {
    name: 'checkout',
    add(server) {
      server.get('/meta/checkout', async (request, reply) => {
        const query = request.raw.url?.split('?')[1] ?? '';
        void reply
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer-when-downgrade');
        const read = query.length > LONGEST_QUERY ? TOO_LONG : readCheckout(new URLSearchParams(query));
        if (!read.ok)
          return reply.status(400).send({
            code: read.code,
            message: read.message,
            advice:
              'Go to the shop and add the products there; the shop’s owner should check the ids of the catalog.',
          });
        const { location, lines, left } = await resolveCheckout(app.database, settings, read.request);
        if (left.length > 0)
          app.log.info(
            { lines, left: left.length, why: left[0]?.why ?? '' },
            'checkout link with missing products',
          );
        return reply.redirect(location, 302);
      });
    },
  };
}

const TOO_LONG = { ok: false, code: 'link_too_long', message: 'The link is too long.' } as const;
