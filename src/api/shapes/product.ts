import {
  integer,
  json,
  jsonObject,
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
import { listingState, seen } from './listings.js';
import { instantShape, money } from './parts.js';
import { status } from './products.js';
import { bundleShape } from './stock.js';

/** Members one source says of a product or variant. */
export const sourceLayer = object({
  source: text(),
  role: oneOf('primary', 'supplemental'),
  values: jsonObject(),
});

/** Something a person fixed by hand. */
export const override = object({
  channel: text(),
  scope: oneOf('product', 'variant'),
  key: text(),
  attributes: optional(jsonObject()),
  exclude: optional(text()),
  actor: text(),
  at: instantShape,
});

/** Answer of `GET /products/:id`. */
export const product = object({
  product: jsonObject(),
  source: text(),
  status,
  layers: list(sourceLayer),
  overrides: list(override),
  variantCount: integer(),
});

/** A variant with all channels side by side. */
export const variant = object({
  sku: text(),
  title: text(),
  image: nullable(text()),
  status,
  options: record(text()),
  values: jsonObject(),
  layers: list(sourceLayer),
  onHand: nullable(integer()),
  reserved: integer(),
  bundle: bundleShape,
  listings: list(
    object({
      channel: text(),
      see: seen,
      state: listingState,
      price: nullable(money),
      available: nullable(integer()),
      errors: integer(),
    }),
  ),
});

/** One thing that changed about a variant. */
export const historyEntry = object({
  at: instantShape,
  actor: text(),
  lane: text(),
  field: text(),
  old: json(),
  new: json(),
  ofProduct: yesNo(),
});

/** `GET /products/:id`. */
export type Product = Of<typeof product>;
/** `GET /products/:id/variants`. */
export type Variant = Of<typeof variant>;
/** `GET /variants/:sku/history`. */
export type HistoryEntry = Of<typeof historyEntry>;
