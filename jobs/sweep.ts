import type { App } from '../src/app.js';
import { releaseSettled } from '../src/orders/release-reservations.js';
import { refreshProblems } from '../src/problems/standing-problems.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Looks at everything again, so that a lost wake costs time and never work. Key: `*`. */
export function sweep(app: App): JobHandler {
  return async () => {
    await releaseSettled(app.database, app.clock.now());
    await refreshProblems(app.database, app.clock.now());
    await app.queue.wake('search-words', '*');
    for (const channel of app.config.channels) {
      const { listings, feed, orders, places, conversions } = app.open(channel.id);
      if (listings || feed) await app.queue.wake('reconcile', channel.id);
      if (listings?.look) await app.queue.wake('look', channel.id);
      if (channel.signals !== null) await app.queue.wake('signals', channel.id);
      if (places) await app.queue.wake('places', channel.id);
      if (conversions) await app.queue.wake('report-purchases', channel.id);
      if (orders)
        for (const job of ['pull-orders', 'place-orders', 'push-shipments'])
          await app.queue.wake(job, channel.id);
    }
  };
}
