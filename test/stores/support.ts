import { setStock } from '../../src/catalog/set-stock.js';
import type { Database } from '../../src/db/database.js';
import type { Location } from '../../src/domain/location.js';
import type { FulfilDesk } from '../../src/stores/fulfil-desk.js';
import { CHANNEL } from '../orders/order-bench.js';
import { type HandClock, handClock } from '../support/channel-bench.js';

/** A location that ships, by default; hours, codes and staff on request. */
export function location(id: string, changes: Partial<Location> = {}): Location {
  return {
    id,
    name: id,
    code: null,
    countedBy: null,
    zone: 'Europe/Berlin',
    hours: null,
    uses: ['ship'],
    priority: 1,
    bin: 'bin',
    readyWithinMinutes: null,
    keepDays: null,
    staff: { emails: [], webhook: null },
    ...changes,
  };
}

/** A desk of a channel that can be told everything. */
export function fulfilDesk(
  database: Database,
  locations: readonly Location[],
  changes: Partial<FulfilDesk> = {},
): FulfilDesk & { readonly clock: HandClock } {
  return {
    database,
    channel: CHANNEL,
    locations,
    sellsFrom: null,
    places: [],
    split: false,
    sources: [],
    tells: ['acknowledge', 'cancel', 'refund', 'ready', 'picked-up', 'not-collected'],
    confirms: [],
    booksRefunds: false,
    random: () => 0,
    clock: handClock(),
    ...changes,
  } as FulfilDesk & { readonly clock: HandClock };
}

/** Counts units of the small catalog at locations, `{ 'SHIRT-S': { berlin: 2 } }`; nothing lies anywhere else. */
export async function count(
  database: Database,
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  owner = 'counter',
): Promise<void> {
  const readings = Object.entries(counts).flatMap(([sku, places]) =>
    Object.entries(places).map(([place, onHand]) => ({ sku, location: place, onHand })),
  );
  const origin = { owner, cause: 'counted', at: new Date().toISOString() };
  await setStock(database, readings, origin);
}
