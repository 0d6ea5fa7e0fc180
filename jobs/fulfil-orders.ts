import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { fulfilOrders } from '../src/stores/fulfil-orders.js';
import { tellStaff } from '../src/stores/tell-staff.js';

const AGAIN_MS = 15_000;

/** Gives the orders of one channel that are taken to the locations that fulfil them, and tells the staff there. Key: channel. */
export function fulfilOrdersOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = app.fulfilDesk(channel);
    if (!desk) return;
    const { chosen, nowhere, adjusted, cancelled } = await fulfilOrders(desk, signal);
    if (chosen + adjusted + cancelled > 0)
      app.log.info({ channel, chosen, nowhere, adjusted, cancelled }, 'orders given to locations');
    const { due, told, postponed } = await tellStaff(desk, app.staff, signal);
    if (due > 0) app.log.info({ channel, due, told, postponed }, 'staff told');
    return postponed > 0 ? { againInMs: AGAIN_MS } : undefined;
  };
}
