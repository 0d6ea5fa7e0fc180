import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { syncPlaces } from '../src/sync/sync-places.js';

/** Tells one channel the stock of its stores and regions. Key: channel. */
export function places(app: App): JobHandler {
  return async (channel, signal) => {
    const { places: setup } = app.channel(channel);
    const desk = await app.desk(channel);
    const sent = await syncPlaces(desk, {
      places: setup,
      shareAt: (locations) => app.placeShare(channel, locations),
      signal,
    });
    if (sent === null) return;
    const { due, accepted, rejected, postponed, failure } = sent;
    if (due > 0) app.log.info({ channel, due, accepted, rejected, postponed }, 'stock per place sent');
    return failure?.againInMs ? { againInMs: failure.againInMs } : undefined;
  };
}
