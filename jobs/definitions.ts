import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { refreshDefinitions } from '../src/sync/definitions.js';

/** Asks one channel whether the schemas of its listings changed; then everything of it is looked at again. Key: channel. */
export function definitions(app: App): JobHandler {
  return async (channel, signal) => {
    const { definitions: port } = app.open(channel);
    if (!port) return;
    const { database, clock } = app;
    const refresh = refreshDefinitions({ database, channel, port, clock }, signal);
    const { checked, replaced } = await refresh.catch(async (error: unknown) => {
      // Others may have been replaced before one failed.
      await app.queue.wake('reconcile', channel);
      throw error;
    });
    if (replaced.length === 0) return;
    app.log.info({ channel, checked, replaced: replaced.slice(0, 20) }, 'definitions of listings changed');
    await app.queue.wake('reconcile', channel);
  };
}
