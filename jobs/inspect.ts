import type { App } from '../src/app.js';
import { inspectChannel } from '../src/inspect/inspect-channel.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Looks at the next pictures and pages of one channel's listings, when the operator wants it. Key: channel. */
export function inspect(app: App): JobHandler {
  return async (channel, signal) => {
    const limits = app.channel(channel).inspect;
    const { inspection } = app.connectors.get(app.channel(channel).connector);
    if (limits === null || !inspection) return;
    const run = await inspectChannel(await app.desk(channel), { inspection, limits, signal });
    const { judged, fetched, found, state } = run;
    if (judged > 0) app.log.info({ channel, judged, fetched, found, state }, 'listings looked at');
    return state === 'more' ? { againInMs: 0 } : undefined;
  };
}
