import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { lookAtHints } from '../src/sync/hints.js';

/** Reads back the listings one channel said have changed. Key: channel. */
export function look(app: App): JobHandler {
  return async (channel) => {
    const desk = await app.desk(channel);
    const { listings } = desk.open;
    if (!listings?.look) return;
    const { looked, drifted, againInMs } = await lookAtHints(desk, { look: listings.look.bind(listings) });
    if (looked > 0) app.log.info({ channel, looked, drifted }, 'changed listings read back');
    if (drifted > 0) await app.queue.wake('reconcile', channel);
    return againInMs === null ? undefined : { againInMs };
  };
}
