import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { lookAtHealth } from '../src/sync/channel-health.js';

/** Asks one channel what is wrong with the account as a whole and keeps it as problems. Key: channel. */
export function check(app: App): JobHandler {
  return async (channel) => {
    const place = { channel, open: app.open(channel), now: app.clock.now() };
    const health = await lookAtHealth(app.database, place);
    if ('againInMs' in health) return health;
    app.log.info({ channel, ...health }, 'channel checked');
  };
}
