import {
  described,
  integer,
  jsonObject,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  text,
  yesNo,
} from '../shape.js';
import { channelStanding } from './overview.js';
import { moment } from './parts.js';

/** What a channel can do, one word each. */
export const CAPABILITIES = [
  'listings',
  'feed',
  'orders',
  'places',
  'promotions',
  'signals',
  'conversions',
  'source',
  'sink',
  'stockKeeper',
  'notifications',
  'fees',
  'items',
] as const;

const base = {
  id: text(),
  connector: text(),
  title: text(),
  practice: yesNo(),
  country: text(),
  language: text(),
  currency: text(),
  capabilities: list(oneOf(...CAPABILITIES)),
  paused: nullable(text()),
  sends: described(
    object({ to: oneOf('everything', 'nothing', 'first'), first: nullable(integer()) }),
    'How much goes out: everything, nothing (the channel is only read), or so many listings at first.',
  ),
  leaving: described(
    nullable(object({ at: moment, by: nullable(text()), left: integer() })),
    'Its listings are taken down; `left` are there still, and then it is forgotten.',
  ),
  standing: nullable(channelStanding),
};

/** A channel in a list; `standing` is null for shops, which have no listings. */
export const channelRow = object(base);

/** Answer of `GET /channels/:channel`. Secrets are never in it; `secrets` says which are set. */
export const channel = object({
  ...base,
  zone: text(),
  settings: jsonObject(),
  secrets: list(text()),
  stock: jsonObject(),
  orders: jsonObject(),
  schedules: list(object({ id: text(), job: text(), cron: text(), zone: text(), next: moment })),
});

/** How a person connects a channel, step by step. */
const guide = object({
  needs: text(),
  takes: text(),
  limits: nullable(text()),
  sells: yesNo(),
  steps: list(
    object({
      id: text(),
      title: text(),
      says: list(text()),
      fields: list(text()),
      why: text(),
      where: nullable(object({ path: text(), verified: text() })),
      check: yesNo(),
      shows: nullable(text()),
      action: nullable(text()),
    }),
  ),
});

/** Answer of `GET /connectors`. */
export const connectors = object({
  connectors: list(
    object({
      id: text(),
      title: text(),
      lists: yesNo(),
      simulator: yesNo(),
      settingsSchema: jsonObject(),
      params: described(jsonObject(), 'JSON Schema of what the default mapping asks a channel for.'),
      guide: nullable(guide),
    }),
  ),
});

/** `GET /channels`. */
export type ChannelRow = Of<typeof channelRow>;
/** `GET /channels/:channel`. */
export type Channel = Of<typeof channel>;
/** `GET /connectors`. */
export type Connectors = Of<typeof connectors>;
