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
  record,
  text,
  yesNo,
} from '../shape.js';
import { listingState, seen } from './listings.js';
import { issue, moment } from './parts.js';

const sources = record(json());

/** One step on the way to a value. */
export const explainStep = object({
  by: oneOf('default', 'mapping', 'rule', 'override'),
  name: optional(text()),
  at: optional(text()),
  expression: optional(text()),
  when: optional(sources),
  value: json(),
  sources: optional(sources),
});

/** Answer of `GET /listings/:channel/:sku`. */
export const listing = object({
  channel: text(),
  sku: text(),
  productId: text(),
  title: text(),
  image: nullable(text()),
  see: seen,
  state: listingState,
  kind: nullable(text()),
  externalId: nullable(text()),
  pricedBy: nullable(text()),
  outcome: oneOf('listing', 'blocked', 'excluded'),
  excluded: nullable(text()),
  selectedBy: list(text()),
  attributes: described(
    list(
      object({
        name: text(),
        want: json(),
        sent: json(),
        shows: json(),
        differs: yesNo(),
        steps: list(explainStep),
        notes: list(text()),
        issues: list(issue),
      }),
    ),
    'Those with an issue or a difference first. null: absent, or not known; see `sentKnown` and `showsKnown`.',
  ),
  issues: list(issue),
  stock: object({
    onHand: nullable(integer()),
    reserved: integer(),
    safetyStock: integer(),
    available: nullable(integer()),
  }),
  sentAt: moment,
  answeredAt: moment,
  sentKnown: yesNo(),
  showsKnown: yesNo(),
  next: nullable(object({ do: text(), why: text(), until: moment })),
});

/** `GET /listings/:channel/:sku`. */
export type Listing = Of<typeof listing>;
