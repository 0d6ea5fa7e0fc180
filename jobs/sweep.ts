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
      for (const job of jobsOf(app.open(channel.id), {
        signals: channel.signals !== null,
        shop: app.isShop(channel.id),
      }))
        await app.queue.wake(job, channel.id);
  };
}

/** What there is to look at on a channel, by what it can do. */
function jobsOf(
  open: ReturnType<App['open']>,
  { signals, shop }: { readonly signals: boolean; readonly shop: boolean },
): readonly string[] {
  const { listings, feed, orders, orderNews, places, conversions } = open;
  return [
    ...(!shop && (listings || feed) ? ['reconcile'] : []),
    ...(!shop && listings?.look ? ['look'] : []),
    ...(signals ? ['signals'] : []),
    ...(!shop && places ? ['places'] : []),
    ...(conversions ? ['report-purchases'] : []),
    ...(orderNews ? ['order-news'] : []),
    ...(orders ? ['pull-orders', 'place-orders', 'push-shipments'] : []),
  ];
}
