import type { SinkPort } from '../../../src/channel/store-ports.js';
import type { WooWork } from '../shop-facts.js';
import { cancelOrder } from './cancel-order.js';
import { findOrders } from './find-orders.js';
import { placeOrder } from './place-order.js';
import type { OrderReader } from './read-orders.js';
import { refundOrder } from './refund-order.js';

/** The shop as the place where channel orders land. Nothing in WooCommerce keeps two orders from having one key: it is searched before each placing. */
export function wooSink(work: WooWork, reader: OrderReader): SinkPort {
  return {
    // PHP goes on with a call whose caller has left, up to the server's own limit.
    uncertainty: { quietMs: 180_000, searchAgainMs: 60_000 },
    place: (toPlace) => placeOrder(work, reader, toPlace),
    find: async (key, since) => reader.read(await findOrders(work.client, key, since)),
    read: (storeIds) => reader.read(storeIds),
    cancel: (cancellation) => cancelOrder(work, reader, cancellation),
    refund: (refund) => refundOrder(work, reader, refund),
  };
}
