import type { OpenChannel } from '../channel/connector.js';
import type { ChannelConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { FulfilDesk } from './fulfil-desk.js';

/** What a fulfilment desk is made of. */
export interface FulfilDeskParts {
  readonly database: Database;
  readonly channel: ChannelConfig;
  readonly open: OpenChannel;
  /** Where orders of the channel are placed; null: nowhere. */
  readonly storefront: OpenChannel | null;
  readonly locations: readonly Location[];
  /** Ids of all sources. */
  readonly sources: readonly string[];
  readonly clock: Clock;
  random(): number;
}

/** Sets up the work of locations on orders of a channel; null when the channel sells nothing. */
export function openFulfilDesk(parts: FulfilDeskParts): FulfilDesk | null {
  const { channel, locations, sources, database, clock, random } = parts;
  const { orders } = parts.open;
  if (!orders) return null;
  return {
    database,
    channel: channel.id,
    locations,
    sellsFrom: channel.stock.locations ?? null,
    places: channel.places,
    split: channel.orders.split,
    sources,
    tells: orders.tells ?? [],
    confirms: orders.confirms ?? [],
    booksRefunds: parts.storefront?.sink?.refund !== undefined,
    clock,
    random,
  };
}
