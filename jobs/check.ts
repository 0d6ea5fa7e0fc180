import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { checkProblems } from '../src/sync/check-channel.js';

/** Asks one channel what is wrong with the account as a whole and keeps it as problems. Key: channel. */
export function check(app: App): JobHandler {
  return async (channel) => {
    const told = await checkProblems({ ...app, channel, open: app.open(channel) });
    app.log.info({ channel, problems: told.length }, 'channel checked');
  };
}
