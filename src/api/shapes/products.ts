import { LISTING_WORDS } from '../../views/listing-words.js';
import { described, integer, list, nullable, type Of, object, oneOf, optional, text } from '../shape.js';
import { money } from './parts.js';

/** How new or old goods are in the catalog. */
export const status = oneOf('active', 'draft', 'archived', 'ended');

const words = object(
  Object.fromEntries(LISTING_WORDS.map((word) => [word, optional(integer())])) as Record<
    (typeof LISTING_WORDS)[number],
    ReturnType<typeof optional<number>>
  >,
);

/** How the variants of a product stand on one channel: numbers by state. */
export const productOnChannel = object({ channel: text(), words, errors: integer() });

/** A product in a list. */
export const productLine = object({
  id: text(),
  title: nullable(text()),
  image: nullable(text()),
  brand: nullable(text()),
  type: nullable(text()),
  source: text(),
  status,
  variants: integer(),
  sku: described(nullable(text()), 'Where it has one variant.'),
  priceFrom: nullable(money),
  priceTo: nullable(money),
  available: described(nullable(integer()), 'On hand less promised; null: nobody counts.'),
  channels: list(productOnChannel),
});

/** `GET /products`. */
export type ProductLine = Of<typeof productLine>;
