import {
  described,
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
import { instantShape, issue, moment } from './parts.js';

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

/** Answer of `GET /listings/:channel/:sku/raw`: as it travels, the channel's words verbatim. */
export const rawListing = object({
  channel: text(),
  sku: text(),
  externalId: nullable(text()),
  kind: nullable(text()),
  wanted: described(nullable(jsonObject()), 'What would be handed over now; null: it is left out.'),
  sent: described(nullable(jsonObject()), 'What was last; null: nothing, or it cannot be worked out again.'),
  sentAction: nullable(text()),
  sentAt: moment,
  answer: nullable(
    object({ verdict: nullable(text()), at: moment, issues: list(issue), retry: nullable(text()) }),
  ),
});

/** One of `GET /listings/:channel/:sku/events`. */
export const listingEvent = object({
  at: instantShape,
  what: oneOf('changed', 'fixed', 'counted', 'sent', 'answered'),
  who: text(),
  subject: text(),
  old: json(),
  new: json(),
});

/** `GET /listings/:channel/:sku/raw`. */
export type RawListing = Of<typeof rawListing>;
/** One of `GET /listings/:channel/:sku/events`. */
export type ListingEvent = Of<typeof listingEvent>;
