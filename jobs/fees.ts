import type { App } from '../src/app.js';
import { refreshFees } from '../src/profit/refresh-fees.js';
import type { JobHandler } from '../src/queue/job-queue.js';

const AGAIN_MS = 15 * 60_000;

/** Asks one channel what it takes for listings whose estimate is missing, old or for another price. Key: channel. */
export function fees(app: App): JobHandler {
  return async (channel, signal) => {
    const { fees: port } = app.open(channel);
    if (!port || app.channel(channel).profit === null) return;
    const { asked, estimated, refused, unanswered } = await refreshFees(await app.desk(channel), port, {
      skus: null,
      signal,
    });
    if (asked > 0)
      app.log.info({ channel, asked, estimated, refused, unanswered }, 'the channel’s fees asked for');
    if (unanswered > 0) return { againInMs: AGAIN_MS };
  };
}
