import { LOCATION_USES } from '../../domain/location.js';
import {
  described,
  integer,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  text,
  yesNo,
} from '../shape.js';
import { units } from './order-actions.js';
import { instantShape, moment } from './parts.js';

/** Answer of `GET /locations`. */
export const locations = object({
  items: list(
    object({
      id: text(),
      name: text(),
      code: nullable(text()),
      zone: text(),
      uses: list(oneOf(...LOCATION_USES)),
      countedBy: described(nullable(text()), 'The source that alone counts there; null: whoever did first.'),
    }),
  ),
});

/** What is to be fetched from the shelves, one list for each location that has something to do. Without prices. */
export const pickLists = object({
  lists: list(
    object({
      location: object({ id: text(), name: text(), code: nullable(text()), zone: text() }),
      at: instantShape,
      items: list(
        object({
          bin: nullable(text()),
          sku: text(),
          title: nullable(text()),
          options: nullable(text()),
          quantity: integer(),
          for: list(object({ number: integer(), quantity: integer() })),
        }),
      ),
      orders: list(
        object({
          number: integer(),
          channel: text(),
          order: text(),
          method: oneOf('ship', 'pickup', 'curbside'),
          units: integer(),
          shipBy: moment,
          readyBy: moment,
          name: described(nullable(text()), 'The buyer, where it was asked for.'),
        }),
      ),
    }),
  ),
});

/** Answer of `POST /orders/parcels`: every row of the file is in one of the two. */
export const parcelsTaken = object({
  parcels: list(
    object({
      rows: list(integer()),
      channel: text(),
      order: text(),
      reference: text(),
      outcome: oneOf('recorded', 'known', 'corrected', 'surplus', 'refused'),
      message: nullable(text()),
      advice: nullable(text()),
    }),
  ),
  mistakes: list(object({ row: integer(), message: text() })),
});

/** Body of `POST /orders/:channel/:order/pickup`. */
export const pickupNews = object({
  news: oneOf('ready', 'picked-up', 'not-collected'),
  lines: described(
    optional(list(units, 500)),
    'With `picked-up`: what the buyer took along. Absent: all that is there.',
  ),
  cancel: described(
    optional(yesNo()),
    'With `not-collected`: it is given up, and its units are on sale again.',
  ),
});

const amount = object({
  minor: integer({ min: 1, max: 1_000_000_000_000 }),
  currency: text(3, { pattern: '^[A-Z]{3}$' }),
});

/** Body of `POST /orders/:channel/:order/return`. */
export const goodsBack = object({
  location: text(255),
  lines: described(optional(list(units, 500)), 'Absent: everything that has left and did not come back.'),
  reference: described(optional(text(100, { min: 1 })), 'The same again is no second return.'),
  restock: described(yesNo(), 'It goes back on the shelves; else it is written off.'),
  refund: described(yesNo(), 'The channel gives back what was paid for it.'),
  shipping: described(
    optional(amount),
    'Gives back this much of the shipping as well: at most what was charged and has not gone back before.',
  ),
});

/** Answer of `POST /orders/:channel/:order/return`. */
export const returnTaken = object({
  reference: text(),
  known: described(yesNo(), 'It was taken before.'),
  units: integer(),
  money: described(
    oneOf('told', 'to-confirm', 'person', 'none'),
    '`to-confirm`: once somebody confirms · `person`: give it back at the channel by hand.',
  ),
});

/** Body of `POST /orders/:channel/:order/refund`. */
export const refundWish = object({
  reason: oneOf('returned', 'not-delivered', 'damaged', 'cancelled', 'goodwill', 'other'),
  lines: list(
    object({
      lineId: text(200),
      quantity: described(integer({ min: 0, max: 100_000 }), '0: money only.'),
      amount,
    }),
    500,
  ),
});

/** Body of `POST /orders/:channel/match`. */
export const skuMatch = object({
  channelSku: described(text(200, { min: 1 }), 'As the channel names it.'),
  sku: described(text(200, { min: 1 }), 'Ours.'),
});

/** `GET /locations`. */
export type Locations = Of<typeof locations>;
/** `GET /orders/pick-list`. */
export type PickLists = Of<typeof pickLists>;
/** `POST /orders/parcels`. */
export type ParcelsTaken = Of<typeof parcelsTaken>;
/** `POST /orders/:channel/:order/return`. */
export type ReturnTaken = Of<typeof returnTaken>;
