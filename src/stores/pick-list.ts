import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { OrderPlace } from '../orders/exceptions.js';
import { type OpenWork, openWork } from './open-work.js';

/** What is to be fetched from the shelves of one location. There are no prices in it. */
export interface PickList {
  readonly location: Pick<Location, 'id' | 'name' | 'code' | 'zone'>;
  readonly at: Instant;
  /** By bin; what has none stands at the end. */
  readonly items: readonly PickItem[];
  /** Oldest first. */
  readonly orders: readonly PickOrder[];
}

/** Units of one SKU, over all orders. */
export interface PickItem {
  readonly bin: string | null;
  readonly sku: string;
  readonly title: string | null;
  readonly options: string | null;
  readonly quantity: number;
  /** Which orders they are for: their number in `orders`, from 1, and how many units. */
  readonly for: readonly { readonly number: number; readonly quantity: number }[];
}

/** An order the goods are put together for. */
export interface PickOrder {
  readonly number: number;
  readonly channel: string;
  readonly order: string;
  readonly method: OpenWork['method'];
  readonly units: number;
  readonly shipBy: Instant | null;
  readonly readyBy: Instant | null;
  /** The buyer, when asked for and known. */
  readonly name: string | null;
}

/** Which list is wanted. */
export interface PickListOrder {
  /** Null: one list for each location that has something to do. */
  readonly location: Location | null;
  readonly locations: readonly Location[];
  readonly now: Instant;
  /** Opens the buyers' names; null: there are none on the list. */
  readonly names: BuyerVault | null;
}

const MOST_LINES = 5_000;

/** Where everything lies in a house that names no locations. */
const EVERYWHERE: PickList['location'] = { id: '', name: 'All orders', code: null, zone: 'UTC' };

/**
 * Pick lists of locations, in the order of the configuration. A location with nothing to do has none, unless it was asked for. A house without
 * locations has one list of everything that is to be sent.
 */
export async function pickLists(queries: Queries, wanted: PickListOrder): Promise<readonly PickList[]> {
  const { location, locations } = wanted;
  const filter = { location: location?.id ?? null, order: null, limit: MOST_LINES };
  const work = await openWork(queries, locations, filter);
  const lists: PickList[] = [];
  const all = locations.length === 0 ? [EVERYWHERE] : locations;
  for (const each of location === null ? all : [location]) {
    const own = work.filter((part) => part.location === each.id);
    if (own.length === 0 && location === null) continue;
    const names = await namesOf(queries, own, wanted.names);
    lists.push(arrange(each, { work: own, names, now: wanted.now }));
  }
  return lists;
}

function arrange(
  { id, name, code, zone }: PickList['location'],
  made: {
    readonly work: readonly OpenWork[];
    readonly names: ReadonlyMap<string, string>;
    readonly now: Instant;
  },
): PickList {
  const byOrder = grouped(made.work, keyOf);
  const orders = [...byOrder].map(([key, lines], at): PickOrder => {
    const [first] = lines;
    return {
      number: at + 1,
      channel: first?.channel ?? '',
      order: first?.order ?? '',
      method: first?.method ?? 'ship',
      units: unitsOf(lines),
      shipBy: first?.shipBy ?? null,
      readyBy: first?.readyBy ?? null,
      name: made.names.get(key) ?? null,
    };
  });
  const numbers = new Map([...byOrder.keys()].map((key, at) => [key, at + 1]));
  const items = [...grouped(made.work, ({ sku }) => sku)].map(([sku, lines]): PickItem => {
    const [first] = lines;
    const own = [...grouped(lines, keyOf)];
    return {
      bin: first?.bin ?? null,
      sku,
      title: first?.title ?? null,
      options: first?.options ?? null,
      quantity: unitsOf(lines),
      for: own.map(([key, parts]) => ({ number: numbers.get(key) ?? 0, quantity: unitsOf(parts) })),
    };
  });
  return { location: { id, name, code, zone }, at: made.now, items: items.sort(byBin), orders };
}

/** `A-2` stands before `A-10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

function byBin(a: PickItem, b: PickItem): number {
  if ((a.bin === null) !== (b.bin === null)) return a.bin === null ? 1 : -1;
  return inOrder.compare(a.bin ?? '', b.bin ?? '') || inOrder.compare(a.sku, b.sku);
}

function grouped(
  work: readonly OpenWork[],
  keyFor: (part: OpenWork) => string,
): ReadonlyMap<string, readonly OpenWork[]> {
  const groups = new Map<string, OpenWork[]>();
  for (const part of work) groups.set(keyFor(part), [...(groups.get(keyFor(part)) ?? []), part]);
  return groups;
}

function keyOf({ channel, order }: OpenWork): string {
  return JSON.stringify([channel, order]);
}

function unitsOf(lines: readonly OpenWork[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

async function namesOf(
  queries: Queries,
  work: readonly OpenWork[],
  buyers: BuyerVault | null,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (buyers === null) return names;
  for (const [key, [first]] of grouped(work, keyOf)) {
    if (first === undefined) continue;
    const name = await nameOf(queries, { channel: first.channel, externalId: first.order }, buyers);
    if (name !== null) names.set(key, name);
  }
  return names;
}

async function nameOf(queries: Queries, place: OrderPlace, buyers: BuyerVault): Promise<string | null> {
  const row = await queries.get<{ sealed: string }>(
    'SELECT sealed FROM order_buyer WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  return row ? ((await buyers.open(place, row.sealed))?.name ?? null) : null;
}
