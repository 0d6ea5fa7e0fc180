import { integer, list, nullable, type Of, object, text, yesNo } from '../shape.js';
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

/** `GET /stock`. */
export type StockLine = Of<typeof stockLine>;
/** `GET /stock/:sku`. */
export type StockOfSku = Of<typeof stockOfSku>;
