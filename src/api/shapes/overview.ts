import {
  described,
  instant,
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
import { ledger } from './listings.js';
import { moment } from './parts.js';

/** Problems of one kind on one channel. */
export const problemGroup = object({
  id: text(),
  code: text(),
  channel: nullable(text()),
  owner: described(
    oneOf('operator', 'channel', 'us'),
    '`operator`: a person must act. Others heal by themselves.',
  ),
  severity: oneOf('error', 'warning'),
  message: text(),
  advice: text(),
  since: instant(),
  seenAt: instant(),
  count: integer(),
  members: list(object({ key: text(), message: text(), since: instant() })),
  snooze: described(
    nullable(object({ until: moment, note: text(), by: text(), at: instant() })),
    'Put off until an instant; `until: null`: until the problem changes.',
  ),
});

/** Body of `POST /problems/:id/snooze`. */
export const snoozeWish = object({
  until: described(optional(instant()), 'Absent: until the problem changes.'),
  note: optional(text(500)),
});

/** How a channel keeps its promise. */
export const health = object({
  word: oneOf('on-time', 'catching-up', 'late', 'paused', 'needs-you', 'not-started'),
  because: nullable(text()),
  since: moment,
  promisedMs: integer(),
});

/** How one channel stands. */
export const channelStanding = object({
  channel: text(),
  title: text(),
  connector: text(),
  practice: described(
    yesNo(),
    'A channel to practise on: its numbers are never added to those of real ones.',
  ),
  health,
  ages: object({ priceSentAt: moment, stockSentAt: moment, readBackAt: moment, lookedAt: moment }),
  ledger,
});

/** Answer of `GET /overview`. */
export const overview = object({
  at: instant(),
  problems: list(problemGroup),
  channels: list(channelStanding),
  orders: object({
    today: integer(),
    waiting: integer(),
    needsYou: described(integer(), 'Those in the queue of `GET /orders/exceptions`.'),
    shipSoon: integer(),
    late: integer(),
  }),
  digest: object({
    since: instant(),
    prices: integer(),
    appeared: integer(),
    gone: integer(),
    contents: integer(),
    overrides: integer(),
  }),
});

/** Answer of `GET /overview/history`: how channels stood, and how fast changes reached them. */
export const channelHistory = object({
  channels: list(
    object({
      channel: text(),
      points: list(
        object({
          at: instant(),
          ledger,
          delays: nullable(
            object({
              arrived: integer(),
              open: integer(),
              medianMs: nullable(integer()),
              p95Ms: nullable(integer()),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** `GET /overview`. */
export type Overview = Of<typeof overview>;
/** `GET /problems`. */
export type ProblemGroup = Of<typeof problemGroup>;
/** `GET /channels`. */
export type ChannelStanding = Of<typeof channelStanding>;
/** `GET /overview/history`. */
export type ChannelHistory = Of<typeof channelHistory>;
