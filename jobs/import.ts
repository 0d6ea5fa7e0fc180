import type { App } from '../src/app.js';
import { importFrom } from '../src/catalog/import-from.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Imports one source and wakes every channel when the catalog changed. Key: source. */
export function importSources(app: App): JobHandler {
  return async (source, signal) => {
    const result = await importFrom(app, { source: app.source(source), actor: 'schedule', signal });
    const { state, products, variants, created, changed, ended, rejectedRows } = result;
    app.log.info(
      { source, state, products, variants, created, changed, ended, rejectedRows },
      'source imported',
    );
    for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
  };
}
