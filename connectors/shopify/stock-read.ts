import type { Page } from '../../src/channel/page.js';
import type { StockReading } from '../../src/channel/store-ports.js';
import type { Instant } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { bulkPage } from './bulk-read.js';
import {
  countIn,
  listIn,
  nextOf,
  nodesIn,
  objectIn,
  objectOrNull,
  plainId,
  textIn,
  textOrNothing,
} from './json-path.js';
import { changedSince } from './search-text.js';
import { READ_LOCATIONS } from './shop-documents.js';
import type { ShopifyWork } from './shopify-work.js';
import { BULK_STOCK, READ_STOCK } from './source-documents.js';

/** Reads what may be sold per location, page by page. */
export type StockReader = (cursor: string | null, since?: Instant) => Promise<Page<StockReading>>;

/** Where a read by locations stands; travels as the page's cursor. */
interface Place {
  readonly locations: readonly string[];
  readonly after: string | null;
}

/**
 * `available` per location: what is left after the shop's own commitments, as old as the level's own stamp. Items the shop does not count, and items
 * without a SKU, say nothing. Only active locations, or the chosen ones of them, are read: stock elsewhere cannot be sold.
 */
export function stockReader(work: ShopifyWork): StockReader {
  return async (cursor, since) => {
    if (since !== undefined || work.settings.fullRead === 'pages') return byLocation(work, cursor, since);
    return inBulk(work, cursor);
  };
}

async function inBulk(work: ShopifyWork, cursor: string | null): Promise<Page<StockReading>> {
  const page = await bulkPage(work, BULK_STOCK, cursor);
  if (page.items.length === 0) return { items: [], next: page.next };
  const open = new Set(await openLocations(work));
  const items = page.items.flatMap(({ root, children }) =>
    children
      .filter((level) => open.has(textIn(objectIn(level, 'location'), 'id')))
      .flatMap((level) => readingOf(level, root, textIn(objectIn(level, 'location'), 'id'))),
  );
  return { items, next: page.next };
}

async function byLocation(
  work: ShopifyWork,
  cursor: string | null,
  since: Instant | undefined,
): Promise<Page<StockReading>> {
  const place: Place =
    cursor === null ? { locations: await openLocations(work), after: null } : (JSON.parse(cursor) as Place);
  const [location, ...rest] = place.locations;
  if (location === undefined) return { items: [], next: null };
  const query = since === undefined ? null : changedSince(since);
  const data = await work.client.call(READ_STOCK, { location, query, after: place.after });
  const held = objectOrNull(data, 'location');
  // Deleted while it was read: it has no stock.
  const after = held === null ? null : nextOf(held, 'inventoryLevels');
  const items = (held === null ? [] : nodesIn(held, 'inventoryLevels')).flatMap((level) =>
    readingOf(level, objectIn(level, 'item'), location),
  );
  const next = after === null ? { locations: rest, after } : { locations: place.locations, after };
  return { items, next: next.locations.length === 0 ? null : JSON.stringify(next) };
}

function readingOf(level: JsonObject, item: JsonObject, location: string): readonly StockReading[] {
  const sku = textOrNothing(item, 'sku');
  if (sku === undefined || item.tracked === false || level.isActive === false) return [];
  const available = listIn(level, 'quantities').find(({ name }) => name === 'available');
  if (available === undefined) return [];
  // No `asOf`: the answer is the level as of the request. Its stamp of the last change would never grow where nothing is sold, and hold
  // back the reservation of an order that was taken from another location.
  return [{ sku, location: plainId(location), onHand: countIn(available, 'quantity') }];
}

/** Active locations, of those the settings choose. */
async function openLocations({ client, settings }: ShopifyWork): Promise<readonly string[]> {
  const chosen = settings.locations === undefined ? null : new Set(settings.locations);
  const open: string[] = [];
  let after: string | null = null;
  do {
    const data = await client.call(READ_LOCATIONS, { after });
    for (const location of nodesIn(data, 'locations')) {
      const id = textIn(location, 'id');
      if (location.isActive === true && (chosen === null || chosen.has(plainId(id)))) open.push(id);
    }
    after = nextOf(data, 'locations');
  } while (after !== null);
  return open;
}
