import type { FaultRow } from '../fault-row.js';

/** Rows 17 to 21 and 37: orders and stock. */
export const ORDERS: readonly FaultRow[] = [
  {
    row: 17,
    fault: 'An order is delivered twice, or by several readers at once',
    guard: 'The database knows one row per channel and external id; the second delivery is an update',
    test: {
      file: 'test/faults/order-arrival.test.ts',
      title: 'are one each when three readers store the same pages at once, a third of them twice',
      suite: 'orders that arrive in any order \\(SQLite\\)',
    },
    without: {
      file: 'src/orders/store-orders.ts',
      text: 'const rows = orders.map((order) => ({\n    id: order.externalId,\n    status: order.status,',
      replacement:
        'const rows = orders.map((order) => ({\n    id: order.externalId + Math.random(),\n    status: order.status,',
    },
    also: ['test/orders/orders.test.ts', 'test/orders/stormy-orders.test.ts', 'npm run chaos'],
  },
  {
    row: 18,
    fault: 'Updates of an order arrive in the wrong order',
    guard:
      'An older reading, by the channel’s instant and then by how far the order has come, never overwrites a newer one',
    test: {
      file: 'test/faults/order-arrival.test.ts',
      title: 'end the same, however often and in whatever order their readings come',
      suite: 'orders that arrive in any order \\(SQLite\\)',
    },
    without: {
      file: 'src/orders/decide.ts',
      text: 'return RANK[next.status] > RANK[known.status];',
      replacement: 'return true;',
    },
    also: ['test/orders/store-orders.test.ts'],
  },
  {
    row: 19,
    fault: 'An order is cancelled while it is shipped',
    guard: 'A parcel with cancelled units is not announced but shown to a person; units are given back once',
    test: {
      file: 'test/faults/cancel-while-shipping.test.ts',
      title:
        'is never announced as shipped afterwards, in any order of events, and every parcel that stays is shown to a person',
    },
    without: {
      file: 'src/orders/push-shipments.ts',
      text: "return held > 0 && (parcel.status === 'cancelled' || line.packed > shippable(line));",
      replacement: 'return false;',
    },
    also: ['test/orders/orders.test.ts', 'test/orders/ways-back.test.ts'],
  },
  {
    row: 20,
    fault: 'An order names an unknown SKU',
    guard: 'The order is stored and waits, the rest of the page goes on, and it heals when the SKU appears',
    test: {
      file: 'test/orders/orders.test.ts',
      title: 'keeps an order for an unknown SKU, goes on with the next one, and heals when the SKU appears',
      suite: 'orders \\(SQLite\\)',
    },
    without: {
      file: 'src/orders/decide.ts',
      text: "if (unknownSkus.length > 0 && placing !== 'all')",
      replacement: 'if (unknownSkus.length < 0)',
    },
    also: ['test/orders/stormy-orders.test.ts'],
  },
  {
    row: 21,
    fault: 'Two channels sell the last unit',
    guard:
      'Strict units are raised only after another channel confirmed that it sells none, and are never sent twice',
    test: {
      file: 'test/stock/strict.test.ts',
      title: 'is not sent again to a listing that may be on sale: what was sold meanwhile would come back',
    },
    without: {
      file: 'src/sync/strict-closings.ts',
      text: 'return !isPriceStep(record.sent_offer_rev);',
      replacement: 'return false;',
    },
    also: ['test/stock/strict-model.test.ts', 'test/stock/shares.test.ts'],
  },
  {
    row: 37,
    fault: 'Notifications never arrive',
    guard: 'Everything is looked at every minute, whether or not anybody told us to',
    test: {
      file: 'test/faults/no-news.test.ts',
      title:
        'has every order of a day read within twenty minutes, by the look at everything that the calendar asks for',
    },
    without: {
      file: 'jobs/sweep.ts',
      text: "['pull-orders', 'place-orders', 'push-shipments']",
      replacement: "['place-orders', 'push-shipments']",
    },
    also: ['test/connectors/amazon/order-news.test.ts'],
  },
];
