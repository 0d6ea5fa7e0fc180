import type { App } from '../src/app.js';
import { pullOrders } from '../src/orders/pull.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Takes new and changed orders of one channel; what they reserve makes the other channels' listings stale. Key: channel. */
export function pullOrdersOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.orderDesk(channel);
    if (!desk) return;
    const { seen, created, updated, unchanged, againInMs } = await pullOrders(desk, signal);
    if (created + updated > 0) {
      app.log.info({ channel, seen, created, updated, unchanged }, 'orders pulled');
      await app.queue.wake('place-orders', channel);
      for (const other of app.config.channels) await app.queue.wake('reconcile', other.id);
    }
    return againInMs === null ? undefined : { againInMs };
  };
}
