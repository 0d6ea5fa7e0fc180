import { integer, list, nullable, type Of, object, oneOf, optional, text, yesNo } from '../shape.js';
import { instantShape } from './parts.js';

/** What a bundle is made of; `broken`: why it cannot be put together. */
export const bundleShape = nullable(
  object({
    broken: nullable(text()),
    parts: list(
      object({
        sku: text(),
        quantity: integer(),
        onHand: nullable(integer()),
        reserved: integer(),
        untracked: yesNo(),
      }),
    ),
  }),
);

const line = {
  sku: text(),
  title: text(),
  onHand: nullable(integer()),
  reserved: integer(),
  untracked: yesNo(),
  bundle: bundleShape,
  levels: list(object({ location: text(), onHand: integer() })),
  channels: list(
    object({ channel: text(), safetyStock: integer(), mode: text(), available: nullable(integer()) }),
  ),
};

/** The stock of one variant, as each channel may offer it. */
export const stockLine = object(line);

/** Answer of `GET /stock/:sku`. */
export const stockOfSku = object({
  ...line,
  counts: list(object({ location: text(), onHand: integer(), owner: text(), readAt: instantShape })),
  allotments: list(
    object({
      channel: text(),
      state: oneOf('open', 'closing', 'closed'),
      left: integer(),
      since: instantShape,
    }),
  ),
  reservations: list(object({ channel: text(), order: text(), quantity: integer(), at: instantShape })),
  movements: list(
    object({
      location: text(),
      before: nullable(integer()),
      after: nullable(integer()),
      cause: text(),
      at: instantShape,
    }),
  ),
});

const RESULTS = ['changed', 'unchanged', 'unknown_sku', 'owned_elsewhere', 'older', 'invalid'] as const;

/** Answer of `PUT /stock/counts`: every count with what became of it. */
export const countsTaken = object({
  total: integer(),
  counts: object({
    changed: integer(),
    unchanged: integer(),
    unknown_sku: integer(),
    owned_elsewhere: integer(),
    older: integer(),
    invalid: integer(),
  }),
  answers: list(
    object({
      sku: text(),
      location: text(),
      onHand: nullable(integer()),
      result: oneOf(...RESULTS),
      before: optional(nullable(integer())),
      message: optional(text()),
    }),
  ),
});

/** `PUT /stock/counts` and `POST /stock/counts/file`. */
export type CountsTaken = Of<typeof countsTaken>;
/** `GET /stock`. */
export type StockLine = Of<typeof stockLine>;
/** `GET /stock/:sku`. */
export type StockOfSku = Of<typeof stockOfSku>;
