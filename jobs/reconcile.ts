import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { readChannelState, takeRelease } from '../src/sync/channel-state.js';
import { nextLookAgain } from '../src/sync/look-again.js';
import { meetChannel } from '../src/sync/meet-channel.js';
import { wakeForStrict } from '../src/sync/strict-wakes.js';
import { syncChannel } from '../src/sync/sync-channel.js';

/** Brings one channel's listings in step: works out what is desired, sends what is due, asks for verdicts; a shop's stock is a job of its own. Key: channel. */
export function reconcile(app: App): JobHandler {
  return async (channel, signal) => {
    const { listings, feed, stockKeeper } = app.open(channel);
    if (!listings && !feed) return stockKeeper ? app.queue.wake('shop-stock', channel) : undefined;
    const desk = await app.desk(channel);
    const unmet = await meetChannel(desk, signal);
    if (unmet !== null) return unmet;
    const force = await takeRelease(app.database, channel);
    // What a person approved is what was due within the channel's window, and it goes out now.
    const approved = force === undefined ? {} : { force, atOnce: true };
    const report = await syncChannel(desk, { signal, ...approved });
    if (report.changed > 0 || report.submitted > 0 || report.held > 0) {
      const { changed, submitted, failed, held, checksum, counts } = report;
      const { variants, listed, blocked, excluded } = counts;
      app.log.info(
        { channel, changed, submitted, failed, held, checksum, variants, listed, blocked, excluded },
        'listings reconciled',
      );
    }
    if (desk.open.listings?.look && (await nextLookAgain(desk.database, channel)) !== null)
      await app.queue.wake('look', channel);
    const { leaving_at } = await readChannelState(app.database, channel);
    if (leaving_at !== null && report.counts.owned === 0 && report.counts.inFlight === 0) {
      app.log.info({ channel }, 'the listings are gone, and the channel is forgotten');
      return app.disconnect(channel);
    }
    const againInMs = await wakeForStrict(channel, report, (job, key) => app.queue.wake(job, key));
    return againInMs === null ? undefined : { againInMs };
  };
}
