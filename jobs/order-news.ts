import type { App } from '../src/app.js';
import { takeNews } from '../src/orders/order-news.js';
import type { JobHandler } from '../src/queue/job-queue.js';

const WAIT_MS = 10_000;
const PAUSE_MS = 5_000;

/** Takes what one channel's queue tells of changed orders. Key: channel. */
export function orderNews(app: App): JobHandler {
  return async (channel, signal) => {
    const { orderNews: port } = app.open(channel);
    const desk = port ? await app.orderDesk(channel) : null;
    if (!port || !desk) return;
    const { againInMs, ...taken } = await takeNews(desk, port, { waitMs: WAIT_MS, signal });
    if (taken.received > 0) app.log.info({ channel, ...taken }, 'order notifications taken');
    if (taken.changed > 0) {
      await app.queue.wake('place-orders', channel);
      for (const other of app.config.channels) await app.queue.wake('reconcile', other.id);
    }
    const { connector } = app.channel(channel);
    const others = app.config.channels.filter(
      ({ id, connector: own }) => id !== channel && own === connector,
    );
    if (taken.elsewhere > 0) for (const { id } of others) await app.queue.wake('pull-orders', id);
    return { againInMs: againInMs ?? (taken.received > 0 ? 0 : PAUSE_MS) };
  };
}
