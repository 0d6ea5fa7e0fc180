import { ORDER_EXCEPTION_CODES } from '../../orders/exceptions.js';
import {
  described,
  instant,
  integer,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  record,
  text,
  yesNo,
} from '../shape.js';

/** The path of an order. */
export const orderPlace = object({ channel: text(63), order: text(200) });

/** Units of a line, named by its SKU; by the line itself where an order has a SKU twice. */
export const units = object({
  sku: text(200),
  quantity: integer({ min: 1, max: 100_000 }),
  lineId: optional(text(200)),
});

/** Body of `POST /orders/:channel/:order/shipments`. */
export const parcel = object({
  carrier: text(100, { min: 1 }),
  trackingNumber: text(100, { min: 1 }),
  trackingUrl: optional(text(2_000, { pattern: '^https?://' })),
  shippedAt: optional(instant()),
  reference: described(
    optional(text(100, { min: 1 })),
    'The same again corrects the parcel; absent: the tracking number.',
  ),
  lines: described(optional(list(units, 500)), 'Absent: everything that is open.'),
});

/** What became of a parcel: `incomplete` and `surplus` need a person. */
export const parcelTaken = object({
  outcome: oneOf('recorded', 'known', 'corrected', 'incomplete', 'surplus'),
});

/** Body of `POST /orders/:channel/:order/cancel`. */
export const cancelWish = object({
  reason: oneOf('no-stock', 'buyer-asked', 'undeliverable', 'price-error', 'other'),
  lines: list(object({ lineId: text(200), quantity: integer({ min: 1, max: 100_000 }) }), 500),
});

/** Body of `POST /orders/:channel/:order/resolve`. */
export const resolution = object({
  code: described(optional(oneOf(...ORDER_EXCEPTION_CODES)), 'Absent: all of the order.'),
  retry: described(optional(yesNo()), 'What was refused is tried again.'),
});

/** A buyer, shown to people with a second factor and written into the audit log. */
export const buyer = object({
  name: nullable(text()),
  email: nullable(text()),
  phone: nullable(text()),
  company: nullable(text()),
  taxId: nullable(text()),
  giftMessages: record(text()),
  address: nullable(
    object({
      lines: list(text()),
      city: nullable(text()),
      region: nullable(text()),
      postalCode: nullable(text()),
      country: nullable(text()),
    }),
  ),
});

/** Answer of `POST /orders/:channel/:order/reveal`. */
export type RevealedBuyer = Of<typeof buyer>;
