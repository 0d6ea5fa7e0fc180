import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { readPromotionFile } from '../src/sync/promotion-file.js';
import { syncPromotions } from '../src/sync/promotions.js';

/** Brings the promotions of one channel in step with its file, and reads what the channel made of them. Key: channel. */
export function promotions(app: App): JobHandler {
  return async (channel, signal) => {
    const { promotions: file, zone } = app.channel(channel);
    if (file === null || !app.open(channel).promotions) return;
    const wanted = await readPromotionFile(file, zone);
    const sent = await syncPromotions(await app.desk(channel), wanted, signal);
    if (sent === null) return;
    const { due, accepted, ended, rejected, postponed, failure } = sent;
    if (due > 0) app.log.info({ channel, due, accepted, ended, rejected, postponed }, 'promotions sent');
    if (failure !== null && failure.kind !== 'auth-lost') return { againInMs: failure.againInMs ?? 60_000 };
    return postponed > 0 ? { againInMs: 60_000 } : undefined;
  };
}
