import { integer, json, list, nullable, type Of, object, optional, text } from '../shape.js';
import { instantShape } from './parts.js';

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

/** Answer of `GET /audit/check`. */
export const auditCheck = object({
  entries: integer(),
  head: text(),
  brokenAt: nullable(integer()),
});

/** `GET /audit/check`. */
export type AuditCheck = Of<typeof auditCheck>;
/** `GET /reports/sales`. */
export type SalesReport = Of<typeof salesReport>;
/** `GET /audit`. */
export type AuditLine = Of<typeof auditLine>;
