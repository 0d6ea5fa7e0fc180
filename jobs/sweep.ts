import type { App } from '../src/app.js';
import { releaseSettled } from '../src/orders/release-reservations.js';
import { refreshProblems } from '../src/problems/standing-problems.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Looks at everything again, so that a lost wake costs time and never work. Key: `*`. */
export function sweep(app: App): JobHandler {
  return async () => {
    await releaseSettled(app.database, app.clock.now());
    await refreshProblems(app.database, app.clock.now());
    for (const job of ['search-words', 'hooks']) await app.queue.wake(job, '*');
    for (const channel of app.config.channels)
      for (const job of jobsOf(app.open(channel.id), channel, app.isShop(channel.id)))
        await app.queue.wake(job, channel.id);
  };
}

/** What there is to look at on a channel, by what it can do and was asked for. */
function jobsOf(
  { listings, feed, orders, orderNews, places, conversions }: ReturnType<App['open']>,
  { signals, tellShop }: ReturnType<App['channel']>,
  shop: boolean,
): readonly string[] {
  return [
    ...(!shop && (listings || feed) ? ['reconcile'] : []),
    ...(!shop && listings?.look ? ['look'] : []),
    ...(signals !== null ? ['signals'] : []),
    ...(!shop && places ? ['places'] : []),
    ...(tellShop.length > 0 ? ['shop-stock'] : []),
    ...(conversions ? ['report-purchases'] : []),
    ...(orderNews ? ['order-news'] : []),
    ...(orders ? ['pull-orders', 'place-orders', 'push-shipments'] : []),
  ];
}
