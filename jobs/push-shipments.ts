import type { App } from '../src/app.js';
import { collectShipments } from '../src/orders/collect-shipments.js';
import { pushShipments } from '../src/orders/push-shipments.js';
import type { JobHandler } from '../src/queue/job-queue.js';

/** Reads new parcels from the storefront and announces them to one channel. Key: channel. */
export function pushShipmentsOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.orderDesk(channel);
    if (!desk) return;
    const { recorded, surplus } = await collectShipments(desk, signal);
    const { due, accepted, rejected, postponed } = await pushShipments(desk, signal);
    if (recorded + surplus + due > 0)
      app.log.info({ channel, recorded, surplus, accepted, rejected, postponed }, 'parcels announced');
    return postponed > 0 ? { againInMs: 5_000 } : undefined;
  };
}
