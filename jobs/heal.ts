import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { healRound } from '../src/sync/heal-round.js';

/** States everything one channel should show in one document, where it takes both documents and single changes. Key: channel. */
export function heal(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.desk(channel);
    const { listings, feed } = desk.open;
    if (!listings || !feed) return;
    const { written, kept, held, failure } = await healRound(desk, feed, signal);
    if (failure !== null)
      return failure.kind === 'auth-lost' ? undefined : { againInMs: failure.againInMs ?? FAILED_MS };
    app.log.info({ channel, items: written?.items ?? 0, kept, held }, 'healing document');
    if (written !== null) await app.queue.wake('reconcile', channel);
  };
}

/** A channel that did not take the document without saying for how long is offered another one after this. */
const FAILED_MS = 15 * 60_000;
