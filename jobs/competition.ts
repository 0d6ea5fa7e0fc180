import type { App } from '../src/app.js';
import { compareNext } from '../src/profit/competition.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Asks one channel where its listings stand among other offers, one call at a time, each listing once a week. Key: channel. */
export function competition(app: App): JobHandler {
  return async (channel, signal) => {
    const port = app.open(channel).fees?.competition;
    if (!port || app.channel(channel).profit?.competition !== true) return;
    const { againInMs } = await compareNext(await app.desk(channel), port, signal);
    if (againInMs !== null) return { againInMs };
  };
}
