import type { App } from '../src/app.js';
import { importFrom } from '../src/catalog/import-from.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Imports one source and wakes every channel, unless its file is the one of last time. Key: source. */
export function importSources(app: App): JobHandler {
  return async (source, signal) => {
    const result = await importFrom(app, { source: app.source(source), actor: 'schedule', signal });
    const { state, products, variants, created, changed, unchanged, ended, productsChanged, rejectedRows } =
      result;
    const counts = { products, variants, created, changed, unchanged, ended, productsChanged, rejectedRows };
    if (result.sameAs !== undefined) return app.log.info({ source }, 'the file of the source is the same');
    app.log.info({ source, state, ...counts }, 'source imported');
    await app.queue.wake('search-words', '*');
    for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
  };
}
