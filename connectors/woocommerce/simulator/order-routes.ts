import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { after, listReply, onlyFields, RestError, sorted } from './lists.js';
import type { HeldOrder } from './order-book.js';
import { createOrder, STATUSES, updateOrder } from './order-create.js';
import { refundRoutes } from './refund-routes.js';
import { matches } from './search.js';
import type { RestCall, Route, ShopWorld } from './shop-world.js';
import { orderView } from './views.js';

/** Routes of orders, their notes, refunds and parcels. */
export function orderRoutes(world: ShopWorld): readonly Route[] {
  const { shop, book } = world;
  const orderOf = ({ ids }: RestCall): HeldOrder => {
    const order = book.get(ids[0] ?? 0);
    if (order) return order;
    throw new RestError('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.', 404);
  };
  const shown = (order: HeldOrder, call: RestCall): SimulatorReply => ({
    status: 200,
    body: onlyFields(orderView(shop, order), call.query),
  });
  return [
    {
      method: 'GET',
      path: 'wc/v3/orders',
      answer: (call) => {
        const found = sorted(filtered(world, call.query), call.query);
        if (shop.switches.viewMovesStamp) for (const order of found) book.touch(order);
        return listReply(found, call.query, (order) => orderView(shop, order));
      },
    },
    { method: 'GET', path: 'wc/v3/orders/#', answer: (call) => shown(orderOf(call), call) },
    {
      method: 'POST',
      path: 'wc/v3/orders',
      answer: (call) => {
        if (shop.switches.lateCommits) {
          shop.later(() => createOrder(shop, book, call.body));
          return { status: 504, body: '<html><body>504 Gateway Time-out</body></html>' };
        }
        return { ...shown(createOrder(shop, book, call.body), call), status: 201 };
      },
    },
    { method: 'POST', path: 'wc/v3/orders/batch', answer: () => ({ status: 200, body: {} }) },
    {
      method: 'PUT',
      path: 'wc/v3/orders/#',
      answer: (call) => {
        const order = orderOf(call);
        updateOrder(book, order, call.body);
        return shown(order, call);
      },
    },
    {
      method: 'DELETE',
      path: 'wc/v3/orders/#',
      answer: (call) => {
        const order = orderOf(call);
        if (call.query.get('force') === 'true') book.orders.splice(book.orders.indexOf(order), 1);
        else order.status = 'trash';
        return shown(order, call);
      },
    },
    {
      method: 'GET',
      path: 'wc/v3/orders/#/notes',
      answer: (call) => ({
        status: 200,
        body: orderOf(call).notes.map(({ id, note, forCustomer }) => ({
          id,
          note,
          customer_note: forCustomer,
        })),
      }),
    },
    {
      method: 'POST',
      path: 'wc/v3/orders/#/notes',
      answer: (call) => {
        const order = orderOf(call);
        const { note, customer_note: forCustomer } = call.body;
        if (typeof note !== 'string' || note === '')
          throw new RestError('rest_missing_callback_param', 'Missing parameter(s): note', 400);
        const made = { id: shop.nextId(), note, forCustomer: forCustomer === true };
        order.notes.push(made);
        if (made.forCustomer && order.billing.email) shop.outbox.push(`customer_note ${order.billing.email}`);
        return { status: 201, body: { id: made.id, note, customer_note: made.forCustomer } };
      },
    },
    ...refundRoutes(world, orderOf),
    {
      method: 'GET',
      path: 'wc/v3/orders/#/fulfillments',
      there: () => shop.switches.fulfillments,
      answer: (call) => ({
        status: 200,
        body: orderOf(call).fulfillments.map((each) => ({
          id: each.id,
          status: each.fulfilled ? 'fulfilled' : 'unfulfilled',
          is_fulfilled: each.fulfilled,
          date_updated: new Date(each.updatedMs).toISOString().slice(0, 19).replace('T', ' '),
          date_deleted: each.deletedMs === null ? null : new Date(each.deletedMs).toISOString().slice(0, 19),
          meta_data: each.meta.map(({ key, value }, id) => ({ id, key, value })) as never,
        })),
      }),
    },
    ...['wc-shipment-tracking/v3', 'wc-ast/v3'].map(
      (namespace): Route => ({
        method: 'GET',
        path: `${namespace}/orders/#/shipment-trackings`,
        there: () => shop.switches.trackers.includes(namespace),
        answer: (call) => ({ status: 200, body: orderOf(call).trackers as never }),
      }),
    ),
  ];
}

/** `any` leaves out the trash. */
function filtered({ shop, book }: ShopWorld, query: URLSearchParams): readonly HeldOrder[] {
  const status = query.get('status') ?? 'any';
  if (!['any', 'trash', ...STATUSES].includes(status))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): status', 400);
  const include = query.get('include')?.split(',').map(Number);
  const plain = shop.switches.ignoresFilters;
  const search = plain ? null : query.get('search');
  const since = plain ? Number.NEGATIVE_INFINITY : after(query, 'after');
  return book.orders.filter(
    (order) =>
      (status === 'any' ? order.status !== 'trash' : order.status === status) &&
      (include === undefined || include.includes(order.id)) &&
      (search === null || matches(order, search, shop.switches.storage)) &&
      Math.floor(order.createdMs / 1_000) * 1_000 > since,
  );
}
