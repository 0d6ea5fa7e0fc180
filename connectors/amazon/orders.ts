import type { OrderPage, OrderPort } from '../../src/channel/order-port.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import { followedCarriers } from './carriers.js';
import type { ListingWork } from './listing-work.js';
import { cursorAfter, type OrderCursor, readCursor } from './order-cursor.js';
import { channelOrder, unreadableOrder } from './order-decode.js';
import { toldOrders } from './order-feeds/tell-orders.js';
import type { AmazonSettings } from './settings.js';
import { confirmShipments } from './shipments.js';
import { tellAmazon } from './tell.js';

const PAGE_SIZE = 100;
const LOOK_BACK_DAYS = 14;
const DATA_SETS = ['PROCEEDS', 'CANCELLATION', 'FULFILLMENT', 'PACKAGES', 'TAX'] as const;
const PEOPLE = ['BUYER', 'RECIPIENT'] as const;

/** The parts of an order that are asked for. */
export function wantedData({
  buyerData,
}: AmazonSettings): readonly ((typeof DATA_SETS)[number] | (typeof PEOPLE)[number])[] {
  return buyerData === false ? DATA_SETS : [...DATA_SETS, ...PEOPLE];
}

/** Orders of the seller in one store: reads on Orders v2026-01-01, shipments by `confirmShipment`, pickup by `updateShipmentStatus`. */
export function orderPort(work: ListingWork): OrderPort {
  return {
    pull: (cursor) => pull(work, cursor),
    ship: (shipments) => confirmShipments(work, shipments),
    carriers: followedCarriers(work.settings.carriers),
    tells: ['acknowledge', 'cancel', 'refund', 'ready', 'picked-up', 'not-collected'],
    // Money that Amazon gave back does not return, and its refunds cannot be read back.
    confirms: ['refund'],
    tell: (messages) => tellAmazon(work, messages),
    told: (handle) => toldOrders(work, handle),
  };
}

async function pull(work: ListingWork, cursor: string | null): Promise<OrderPage> {
  const now = work.host.clock.now();
  const start = readCursor(cursor, now, work.settings.orderLookBackDays ?? LOOK_BACK_DAYS);
  const { place, body } = await search(work, start);
  if (!isJsonArray(body.orders)) throw noOrders();
  const orders = body.orders
    .filter(isJsonObject)
    .flatMap((order) => readableOrder(work, { order, seenAt: place.after }));
  const pagination = isJsonObject(body.pagination) ? body.pagination : {};
  const nextToken = typeof pagination.nextToken === 'string' ? pagination.nextToken : null;
  const lastUpdatedBefore = typeof body.lastUpdatedBefore === 'string' ? body.lastUpdatedBefore : null;
  const next = cursorAfter(place, { nextToken, lastUpdatedBefore }, now);
  orders.sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0));
  return { orders, cursor: JSON.stringify(next), more: nextToken !== null };
}

interface Found {
  /** Where the page was read from. */
  readonly place: OrderCursor;
  readonly body: JsonObject;
}

/** One page. A page token Amazon no longer takes (a day old, other filters) starts the run again; orders come twice then. */
async function search(work: ListingWork, place: OrderCursor): Promise<Found> {
  const query = {
    lastUpdatedAfter: place.after,
    maxResultsPerPage: PAGE_SIZE,
    includedData: wantedData(work.settings),
  };
  if (place.token === undefined)
    return { place, body: (await work.client.call('searchOrders', { query })).body };
  try {
    const { body } = await work.client.call('searchOrders', {
      query: { ...query, paginationToken: place.token },
    });
    return { place, body };
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    work.host.log.warn(
      { code: error.code },
      'amazon refused the page token of an order search; the run starts again',
    );
    return search(work, { after: place.after, sweptAt: place.sweptAt });
  }
}

/**
 * One order we cannot read never keeps the others from coming in: it is handed over without lines and logged by id. A time it does not
 * tell is the start of the page's window, so that the first reading of it that succeeds is newer.
 */
export function readableOrder(
  work: ListingWork,
  found: { readonly order: JsonObject; readonly seenAt: Instant },
): readonly ChannelOrder[] {
  const read = channelOrder(found.order);
  if (read) return [read];
  const kept = unreadableOrder(found.order, found.seenAt);
  work.host.log.error({ order: kept?.externalId ?? 'without id' }, 'amazon order cannot be read');
  return kept ? [kept] : [];
}

function noOrders(): ChannelError {
  return new ChannelError('searchOrders answered without orders', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not complete. The pull is repeated by itself.',
  });
}
