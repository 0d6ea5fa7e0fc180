import type { SinkPort } from '../../../src/channel/store-ports.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { type Client, objectOf } from '../client.js';
import type { VendureSettings } from '../settings.js';
import { cancelOrder } from './cancel.js';
import { ORDERS_PER_CALL, ordersBy } from './look-up.js';
import { placeOrder } from './place.js';
import { storeOrder } from './read-order.js';
import { bookRefund } from './refund.js';

/** As long as our own calls last: Vendure goes on with a call whose caller has left. The look-up reads the database as it stands. */
const UNCERTAINTY = { quietMs: 30_000, searchAgainMs: 1_000 };

/** The shop as the place where marketplace orders land. It needs the plugin in `examples/vendure`. */
export function vendureSink(client: Client, settings: VendureSettings): SinkPort {
  return {
    uncertainty: UNCERTAINTY,
    place: (order) => placeOrder({ client, settings }, order),
    async find(key) {
      const found = await ordersBy(client, { channelOrderId: { eq: key } });
      if (found.some((order) => objectOf(order.customFields).channelOrderId !== key)) throw strangers();
      return found.map(storeOrder);
    },
    async read(storeIds) {
      const held = new Map<string, ReturnType<typeof storeOrder>>();
      for (let from = 0; from < storeIds.length; from += ORDERS_PER_CALL)
        for (const order of await ordersBy(client, {
          id: { in: storeIds.slice(from, from + ORDERS_PER_CALL) },
        }))
          held.set(String(order.id), storeOrder(order));
      return storeIds.map(
        (storeId) => held.get(storeId) ?? { storeId, gone: true, cancelled: false, shipments: [] },
      );
    },
    cancel: (cancellation) => cancelOrder(client, cancellation),
    refund: (refund) => bookRefund(client, refund),
  };
}

function strangers(): ChannelError {
  return new ChannelError('The shop answered a search for one order with others', {
    code: 'search_shows_others',
    kind: 'refused',
    owner: 'operator',
    advice:
      'Nothing is placed as long as the search cannot be trusted. Check the plugin of Omnifeed in the shop.',
  });
}
