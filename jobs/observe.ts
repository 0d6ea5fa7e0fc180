import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { checkProblems } from '../src/sync/check-channel.js';
import { observeOrWait } from '../src/sync/observe.js';

/** Checks the account of one channel, reads it back, and sends again what drifted or vanished. Key: channel. */
export function observe(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.desk(channel);
    const { listings } = desk.open;
    if (!listings?.observe) return;
    await checkProblems({ ...desk, channel });
    const observation = await observeOrWait(desk, { observe: listings.observe.bind(listings) }, signal);
    if ('againInMs' in observation) return observation;
    const { seen, drifted, missing, adopted, unmanaged } = observation;
    app.log.info({ channel, seen, drifted, missing, adopted, unmanaged }, 'channel read back');
    if (drifted + missing + adopted > 0) await app.queue.wake('reconcile', channel);
  };
}
