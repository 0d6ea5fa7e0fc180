import type { App } from '../src/app.js';
import { backUpHouse, backUpOrTell } from '../src/backup/back-up-house.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Backs up the house's files, proves the backup, and lets old ones go. Key: `*`. */
export function backup(app: App): JobHandler {
  return async () => {
    const now = app.clock.now();
    const take = async () => backUpHouse(app.config, await app.key(), now);
    const taken = await backUpOrTell(app.database, take, now);
    if (taken === null) return;
    const bytes = taken.files.reduce((sum, file) => sum + file.bytes, 0);
    app.log.info({ bytes, removed: taken.removed.length }, 'backup taken and proved');
  };
}
