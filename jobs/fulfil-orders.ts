import type { App } from '../src/app.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { fulfilOrders } from '../src/stores/fulfil-orders.js';

/** Gives the orders of one channel that are taken to the locations that fulfil them. Key: channel. */
export function fulfilOrdersOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = app.fulfilDesk(channel);
    if (!desk) return;
    const { chosen, nowhere, adjusted, cancelled } = await fulfilOrders(desk, signal);
    if (chosen + adjusted + cancelled > 0)
      app.log.info({ channel, chosen, nowhere, adjusted, cancelled }, 'orders given to locations');
  };
}
