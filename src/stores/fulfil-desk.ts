import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { OrderMessageKind } from '../domain/order-message.js';
import type { PlaceSetup } from '../domain/place.js';

/** Everything needed to decide where orders of one channel are fulfilled and to tell the people there. */
export interface FulfilDesk {
  readonly database: Database;
  readonly channel: string;
  /** All of the house. */
  readonly locations: readonly Location[];
  /** Ids of those the channel sells from; null: all. */
  readonly sellsFrom: readonly string[] | null;
  /** Stores of the channel and the locations that are them. */
  readonly places: readonly PlaceSetup[];
  readonly split: boolean;
  /** Ids of the sources whose counts of stock are theirs alone to change. */
  readonly sources: readonly string[];
  /** What the channel can be told of an order, and what of it a person releases. */
  readonly tells: readonly OrderMessageKind[];
  readonly confirms: readonly OrderMessageKind[];
  /** Whether refunds are booked in the shop of the channel by us; else a person books what came back. */
  readonly booksRefunds: boolean;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter only. */
  random(): number;
}
