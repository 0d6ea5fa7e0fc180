import type { App } from '../src/app.js';
import { deliverHooks } from '../src/hooks/deliver.js';
import { allWebhooks } from '../src/hooks/webhooks.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** What happens is written down by the database, which wakes nobody: while somebody is to be told, it is looked this often. */
const LOOK_MS = 5_000;

/** Tells webhooks what happened. Key: `*`. */
export function hooks(app: App): JobHandler {
  return async (_key, signal) => {
    const some = (await allWebhooks(app.database)).some(({ active }) => active);
    if (!some) return;
    const { due, delivered, again, dead } = await deliverHooks(app.hookDesk(), signal);
    if (due > 0) app.log.info({ due, delivered, again, dead }, 'webhooks told');
    return { againInMs: LOOK_MS };
  };
}
