import { EVENT_KINDS } from '../../hooks/event-kinds.js';
import {
  described,
  integer,
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

const kind = oneOf(...EVENT_KINDS);

/** A webhook without its secret. */
export const webhook = object({
  id: text(),
  url: text(),
  events: described(nullable(list(kind)), 'Null: every kind, those that come later too.'),
  active: yesNo(),
  previousUntil: moment,
  createdAt: instantShape,
  createdBy: text(),
});

/** Answer of `GET /webhooks`. */
export const webhooks = object({
  items: list(webhook),
  kinds: list(object({ kind, says: text() })),
});

const url = text(2_000, { min: 8 });

/** Body of `POST /webhooks`. */
export const newWebhook = object({ url, events: nullable(list(kind, EVENT_KINDS.length)) });

/** Body of `PATCH /webhooks/:id`. */
export const webhookChange = object({
  url: optional(url),
  events: optional(nullable(list(kind, EVENT_KINDS.length))),
  active: optional(yesNo()),
});

/** A webhook that was made, with its secret, shown this once. */
export const madeWebhook = object({ webhook, secret: text() });

/** A new secret, shown this once. */
export const newSecret = object({ secret: text() });

/** What came of a ping. */
export const pinged = object({ status: nullable(integer()), failure: nullable(text()) });

/** How one event stands with a webhook. */
export const delivery = object({
  event: integer(),
  kind: text(),
  channel: nullable(text()),
  subject: text(),
  at: instantShape,
  state: oneOf('waiting', 'delivered', 'dead'),
  attempts: integer(),
  nextAt: moment,
  status: nullable(integer()),
  failure: nullable(text()),
  doneAt: moment,
});

/** One of `GET /webhooks`. */
export type Webhook = Of<typeof webhook>;
/** `GET /webhooks`. */
export type Webhooks = Of<typeof webhooks>;
/** One of `GET /webhooks/:id/deliveries`. */
export type Delivery = Of<typeof delivery>;
