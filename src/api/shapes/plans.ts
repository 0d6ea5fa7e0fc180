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
  text,
  yesNo,
} from '../shape.js';
import { instantShape, moment } from './parts.js';

/** What waits to be sent to one channel. */
export const planStanding = object({
  channel: text(),
  due: integer(),
  held: integer(),
  reasons: list(object({ reason: text(), count: integer() })),
  oldestDue: moment,
});

const change = oneOf('create', 'update', 'offer', 'remove');

/** Answer of `GET /plans/:channel`: planned = sends + held = the sum of `kinds`. */
export const plan = object({
  channel: text(),
  at: instantShape,
  facts: object({
    known: integer(),
    desired: integer(),
    removals: integer(),
    changes: integer(),
    priceHolds: integer(),
  }),
  holds: list(
    object({
      code: oneOf('too_many_removals', 'nothing_desired', 'too_many_price_changes'),
      holds: oneOf('removals', 'everything'),
      message: text(),
    }),
  ),
  checksum: text(),
  kinds: list(object({ change, why: text(), count: integer(), held: integer() })),
  planned: integer(),
  sends: integer(),
  held: integer(),
  groups: list(
    object({
      attribute: text(),
      by: described(
        nullable(object({ kind: oneOf('default', 'mapping', 'rule', 'override'), name: nullable(text()) })),
        'What made the new value; null: the attribute goes.',
      ),
      count: integer(),
      sample: object({ sku: text(), before: json(), after: json() }),
    }),
  ),
  grouped: integer(),
  rejected: described(
    nullable(object({ by: text(), at: instantShape })),
    'Somebody turned this very plan down: what is held stays held, and nobody is reminded.',
  ),
});

/** One planned change with what it changes. */
export const planChange = object({
  variantId: integer(),
  sku: text(),
  action: oneOf('upsert', 'offer', 'remove'),
  change,
  why: text(),
  urgent: yesNo(),
  revision: text(),
  held: nullable(text()),
  differences: nullable(
    list(object({ attribute: text(), before: optional(json()), after: optional(json()) })),
  ),
});

/** `GET /plans`. */
export type PlanStanding = Of<typeof planStanding>;
/** `GET /plans/:channel`. */
export type Plan = Of<typeof plan>;
/** `GET /plans/:channel/changes`. */
export type PlanChange = Of<typeof planChange>;
