import type { App } from '../src/app.js';
import { reportParcels } from '../src/orders/signals.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Reports parcels of all sales to one channel that learns delivery speed from them. Only where the operator said so. Key: channel. */
export function signals(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.signalDesk(channel);
    if (!desk) return;
    const { due, accepted, rejected, postponed, failure } = await reportParcels(desk, signal);
    if (due > 0) app.log.info({ channel, due, accepted, rejected, postponed }, 'parcels reported as signals');
    if (failure?.kind === 'auth-lost') return;
    return postponed > 0 ? { againInMs: failure?.againInMs ?? 60_000 } : undefined;
  };
}
