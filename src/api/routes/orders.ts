import type { App } from '../../app.js';
import { variantsById } from '../../catalog/store.js';
import { findVariants } from '../../views/find-variants.js';
import { listOrderLines, ORDER_TABS, orderTabCounts } from '../../views/order-list.js';
import { orderQueue, type QueuedOrder } from '../../views/order-queue.js';
import { showOrder } from '../../views/show-order.js';
import { pageOf, paging } from '../paging.js';
import { noSuch } from '../problem.js';
import { route } from '../route.js';
import { described, object, oneOf, optional, text, yesNo } from '../shape.js';
import { exceptionGroups, order, orderCounts, orderLine } from '../shapes/orders.js';

const MOST_EXCEPTIONS = 1_000;

/** Orders without their buyers. */
export const orderRoutes = [
  route({
    method: 'GET',
    path: '/orders',
    permission: 'orders:read',
    summary: 'Lists orders of a tab: those to be shipped by the day they must leave, all else newest first.',
    query: object({
      ...paging,
      tab: optional(oneOf(...ORDER_TABS)),
      channel: optional(text(200)),
      sku: optional(text(500)),
      number: optional(text(200)),
      late: optional(yesNo()),
      q: described(optional(text(200)), 'A number of the channel or the shop, a SKU, or a barcode.'),
    }),
    answer: pageOf(orderLine),
    async handle({ app, query, now }) {
      const { cursor = null, limit = 50, tab = 'all', channel = null, sku = null, number = null } = query;
      const find = await wantedBy(app, query.q ?? '');
      const question = { tab, channel, sku, number, late: query.late ?? false, find };
      const page = await listOrderLines(app.database, question, { cursor, limit, now });
      const whole = sku === null && number === null && find === null && !question.late && cursor === null;
      const counts = whole ? await orderTabCounts(app.database, channel) : null;
      const total = counts === null ? null : { rows: counts[tab], exact: true };
      return { ...page, previous: null, total };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/counts',
    permission: 'orders:read',
    summary: 'Counts the orders of every tab.',
    query: object({ channel: optional(text(200)) }),
    answer: orderCounts,
    handle: ({ app, query }) => orderTabCounts(app.database, query.channel ?? null),
  }),
  route({
    method: 'GET',
    path: '/orders/exceptions',
    permission: 'orders:read',
    summary:
      'Lists what about orders needs a person, grouped by reason, the order that must leave first at the top.',
    query: object({ channel: optional(text(200)) }),
    answer: exceptionGroups,
    async handle({ app, query }) {
      const open = await orderQueue(app.database, query.channel ?? null, MOST_EXCEPTIONS);
      const groups = new Map<string, QueuedOrder[]>();
      for (const exception of open)
        groups.set(exception.code, [...(groups.get(exception.code) ?? []), exception]);
      return { groups: [...groups].map(([code, items]) => ({ code, count: items.length, items })) };
    },
  }),
  route({
    method: 'GET',
    path: '/orders/:channel/:order',
    permission: 'orders:read',
    summary: 'Shows an order with its lines, money, parcels and everything that happened to it.',
    params: object({ channel: text(200), order: text(200) }),
    answer: order,
    async handle({ app, params }) {
      const found = await showOrder(app.database, params.channel, params.order);
      if (found === null) throw noSuch('order', params.order);
      return { ...found, ...portOf(app, params.channel) };
    },
  }),
];

/** A text that is a barcode leads to the SKUs that have it; every text may be a SKU. */
async function wantedBy(app: App, q: string) {
  const text = q.trim();
  if (text === '') return null;
  const ids = BARCODE.test(text) ? await findVariants(app.database, text) : [];
  const variants = await variantsById(app.database, ids.slice(0, MOST_SKUS));
  return { text, skus: [text, ...variants.map(({ sku }) => sku)] };
}

const BARCODE = /^\d{8,14}$/;
const MOST_SKUS = 50;

/** What the channel can be told about an order, and the carriers it follows; nothing of a channel that is not connected any more. */
function portOf(app: App, channel: string) {
  const connected = app.config.channels.some(({ id }) => id === channel);
  const port = connected ? app.open(channel).orders : undefined;
  return { tells: port?.tells ?? [], ships: port?.ship !== undefined, carriers: port?.carriers ?? null };
}
