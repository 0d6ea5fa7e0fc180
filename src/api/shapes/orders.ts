import { ORDER_TABS } from '../../views/order-list.js';
import { integer, list, nullable, type Of, object, oneOf, text, yesNo } from '../shape.js';
import { instantShape, moment, money } from './parts.js';

/** An order in a list, without its buyer. */
export const orderLine = object({
  channel: text(),
  order: text(),
  tab: oneOf('waiting', 'to-ship', 'shipped', 'by-channel', 'cancelled'),
  status: text(),
  state: text(),
  reason: nullable(text()),
  placedAt: instantShape,
  shipBy: moment,
  late: yesNo(),
  units: integer(),
  total: nullable(money),
  shopOrder: nullable(text()),
  exceptions: integer(),
});

/** What the tabs hold: the parts add up to `all`, `needs-you` is across them. */
export const orderCounts = object(
  Object.fromEntries(ORDER_TABS.map((tab) => [tab, integer()])) as Record<
    (typeof ORDER_TABS)[number],
    ReturnType<typeof integer>
  >,
);

const exception = { code: text(), message: text(), advice: text(), at: instantShape };

/** Answer of `GET /orders/:channel/:order`. */
export const order = object({
  channel: text(),
  order: text(),
  status: text(),
  state: text(),
  reason: nullable(text()),
  fulfilledBy: text(),
  placedAt: instantShape,
  updatedAt: instantShape,
  shipBy: moment,
  shop: nullable(object({ id: nullable(text()), name: nullable(text()), state: text() })),
  fulfilled: nullable(
    object({
      method: text(),
      state: text(),
      locations: list(text()),
      reason: text(),
      readyBy: moment,
      keepUntil: moment,
    }),
  ),
  buyer: oneOf('kept', 'none'),
  lines: list(
    object({
      line: text(),
      sku: text(),
      title: nullable(text()),
      known: yesNo(),
      ordered: integer(),
      shipped: integer(),
      cancelled: integer(),
      refunded: integer(),
      returned: integer(),
      reserved: integer(),
      unitPrice: nullable(money),
      discount: nullable(money),
      tax: nullable(money),
    }),
  ),
  money: object({
    total: nullable(money),
    shipping: nullable(money),
    tax: nullable(money),
    discount: nullable(money),
    items: nullable(money),
  }),
  parcels: list(
    object({
      reference: text(),
      carrier: text(),
      trackingNumber: text(),
      trackingUrl: nullable(text()),
      shippedAt: instantShape,
      state: text(),
      lines: list(object({ line: text(), quantity: integer() })),
    }),
  ),
  exceptions: list(object({ ...exception, closedAt: moment, closedBy: nullable(text()) })),
  tells: list(oneOf('acknowledge', 'cancel', 'refund', 'ready', 'picked-up', 'not-collected')),
  ships: yesNo(),
  carriers: nullable(list(text())),
  timeline: list(
    object({ at: instantShape, who: oneOf('channel', 'us', 'shop', 'carrier', 'person'), what: text() }),
  ),
});

/** Answer of `GET /orders/exceptions`: the queue, oldest first. */
export const exceptionGroups = object({
  groups: list(
    object({
      code: text(),
      count: integer(),
      items: list(
        object({
          ...exception,
          channel: text(),
          order: text(),
          shipBy: moment,
          status: text(),
          shopOrder: nullable(text()),
          unknownSkus: list(text()),
        }),
      ),
    }),
  ),
});

/** `GET /orders/counts`. */
export type OrderCounts = Of<typeof orderCounts>;
/** `GET /orders`. */
export type OrderLine = Of<typeof orderLine>;
/** `GET /orders/:channel/:order`. */
export type Order = Of<typeof order>;
/** `GET /orders/exceptions`. */
export type ExceptionGroups = Of<typeof exceptionGroups>;
