import type { App } from '../src/app.js';
import { cancelInShop } from '../src/orders/cancel-in-shop.js';
import { collectShipments } from '../src/orders/collect-shipments.js';
import { pushShipments } from '../src/orders/push-shipments.js';
import { refundInShop } from '../src/orders/refund-in-shop.js';
import { tellChannel } from '../src/orders/tell-channel.js';
import type { JobHandler } from '../src/queue/job-queue.js';
import { sendsNothingTo } from '../src/sync/outlet.js';

/** Carries news of placed orders both ways: cancellations and refunds into the shop; parcels, taken-out units and refunds to one channel. Key: channel. */
export function pushShipmentsOf(app: App): JobHandler {
  return async (channel, signal) => {
    const desk = await app.orderDesk(channel);
    if (!desk) return;
    const { cancelled, refused, failed } = await cancelInShop(desk, signal);
    if (cancelled + refused > 0)
      app.log.info({ channel, cancelled, refused }, 'orders cancelled in the shop');
    const refunds = await refundInShop(desk, signal);
    if (refunds.booked + refunds.left > 0)
      app.log.info({ channel, ...refunds }, 'refunds of the channel booked in the shop');
    const { recorded, surplus, handedOver } = await collectShipments(desk, signal);
    if (handedOver > 0) await app.queue.wake('fulfil-orders', channel);
    if (recorded + surplus > 0) app.log.info({ channel, recorded, surplus }, 'parcels collected');
    // A channel that is paused or only watched is told nothing.
    if ((await sendsNothingTo(app.database, channel)) !== null) return;
    const { due, accepted, rejected, postponed } = await pushShipments(desk, signal);
    if (due > 0) app.log.info({ channel, due, accepted, rejected, postponed }, 'parcels announced');
    const told = await tellChannel(desk, signal);
    if (told.due > 0) app.log.info({ channel, ...told }, 'order messages told');
    return postponed + told.postponed + told.handed + failed + refunds.failed > 0
      ? { againInMs: 5_000 }
      : undefined;
  };
}
