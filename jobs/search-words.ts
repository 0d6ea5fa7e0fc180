import type { App } from '../src/app.js';
import { keepSearchWords } from '../src/catalog/keep-search-words.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Brings the words by which products are found up to date. Key: `*`. */
export function searchWordsOf(app: App): JobHandler {
  return async (_key, signal) => {
    await keepSearchWords(app.database, signal);
  };
}
