import { keepChannelFacts } from '../src/activity/channel-facts.js';
import { keepIssueAges } from '../src/activity/issue-ages.js';
import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Keeps how every channel stands in this hour, how fast changes reach it, and since when its errors are there. Key: `*`. */
export function factsOf(app: App): JobHandler {
  return async () => {
    const channels = app.config.channels.flatMap(({ id }) => {
      const { listings, feed } = app.open(id);
      return listings || feed ? [id] : [];
    });
    await keepChannelFacts(app.database, channels, app.clock.now());
    await keepIssueAges(app.database, app.clock.now());
  };
}
