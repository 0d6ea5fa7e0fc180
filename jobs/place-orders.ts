import type { App } from '../src/app.js';
import { placeOrders } from '../src/orders/place.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { sendsNothingTo, WATCHED } from '../src/sync/outlet.js';

/** Places the orders of one channel that are ready in its storefront. Key: channel. */
export function placeOrdersOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.orderDesk(channel);
    // Orders of a channel that is only watched are read, and nothing is done about them.
    if (!desk || (await sendsNothingTo(app.database, channel)) === WATCHED) return;
    const { placed, found, failed, waiting } = await placeOrders(desk, signal);
    if (placed + found + failed > 0)
      app.log.info({ channel, placed, found, failed, waiting }, 'orders placed');
    if (placed + found > 0) await app.queue.wake('push-shipments', channel);
    if (app.config.locations.length > 0) await app.queue.wake('fulfil-orders', channel);
    return failed + waiting > 0 ? { againInMs: 5_000 } : undefined;
  };
}
