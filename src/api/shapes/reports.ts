import {
  described,
  integer,
  json,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  real,
  record,
  text,
} from '../shape.js';
import { instantShape, money } from './parts.js';

/** Answer of `GET /reports/sales`: amounts in the smallest unit of `currency`, null where a part of a sum is not known. */
export const salesReport = object({
  rows: list(
    object({
      channel: optional(text()),
      day: optional(text()),
      month: optional(text()),
      product: optional(nullable(text())),
      sku: optional(text()),
      currency: nullable(text()),
      orders: integer(),
      units: integer(),
      unitsRefunded: integer(),
      revenue: nullable(integer()),
      refunded: nullable(integer()),
      discount: integer(),
      tax: integer(),
      cost: nullable(integer()),
      fees: nullable(integer()),
      unitsWithoutCost: integer(),
      unitsWithoutFees: integer(),
      margin: nullable(integer()),
      marginAfterFees: nullable(integer()),
    }),
  ),
  more: integer(),
});

/** One thing somebody did. */
export const auditLine = object({
  number: integer(),
  at: instantShape,
  actorKind: text(),
  actorId: text(),
  actorName: text(),
  address: text(),
  action: text(),
  object: text(),
  outcome: text(),
  before: json(),
  after: json(),
});

/** Answer of `GET /reports/profit/:channel`: what a unit of each listing would leave. Unknown parts are null and named in `gaps`, never 0. */
export const profitPreview = object({
  channel: text(),
  currency: text(),
  totals: object({
    listings: integer(),
    known: integer(),
    unknown: integer(),
    losing: integer(),
    below: nullable(integer()),
    missing: described(record(integer()), 'Unknown ones by the first part that is missing; they add up.'),
    fromEstimates: integer(),
    fromSchedule: integer(),
  }),
  margins: described(
    list(object({ from: nullable(integer()), below: nullable(integer()), listings: integer() })),
    'Known listings by their margin in percent of the price without tax.',
  ),
  rows: list(
    object({
      sku: text(),
      title: nullable(text()),
      price: nullable(money),
      tax: nullable(money),
      fees: nullable(money),
      feesFrom: nullable(oneOf('estimate', 'schedule')),
      shipping: nullable(money),
      cost: nullable(money),
      profit: nullable(money),
      marginPercent: nullable(real()),
      gaps: list(object({ part: oneOf('price', 'fees', 'shipping', 'cost'), why: text() })),
      note: nullable(text()),
    }),
  ),
  more: integer(),
});

/** Answer of `GET /audit/check`. */
export const auditCheck = object({
  entries: integer(),
  head: text(),
  brokenAt: nullable(integer()),
});

/** `GET /reports/profit/:channel`. */
export type ProfitPreview = Of<typeof profitPreview>;
/** `GET /audit/check`. */
export type AuditCheck = Of<typeof auditCheck>;
/** `GET /reports/sales`. */
export type SalesReport = Of<typeof salesReport>;
/** `GET /audit`. */
export type AuditLine = Of<typeof auditLine>;
