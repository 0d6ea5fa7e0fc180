import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { lookAtHints } from '../src/sync/hints.js';
import { lookAgain } from '../src/sync/look-again.js';

/** Reads back the listings one channel said have changed, and those that were sent a while ago. Key: channel. */
export function look(app: App): JobHandler {
  return async (channel) => {
    const desk = await app.desk(channel);
    const { listings } = desk.open;
    if (!listings?.look) return;
    const port = { look: listings.look.bind(listings) };
    const looks = [await lookAtHints(desk, port), await lookAgain(desk, port)];
    const looked = looks.reduce((sum, each) => sum + each.looked, 0);
    const drifted = looks.reduce((sum, each) => sum + each.drifted, 0);
    if (looked > 0) app.log.info({ channel, looked, drifted }, 'single listings read back');
    if (drifted > 0) await app.queue.wake('reconcile', channel);
    const next = looks.flatMap(({ againInMs }) => againInMs ?? []);
    return next.length === 0 ? undefined : { againInMs: Math.min(...next) };
  };
}
