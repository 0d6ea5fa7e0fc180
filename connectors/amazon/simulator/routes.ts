import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { ACCOUNT, TOKEN_PATH } from './account.js';
import { DOCUMENTS, definitionBytes, getDefinition, searchDefinitions } from './definition-reads.js';
import { expectPrices } from './featured-offers.js';
import { estimateFees } from './fee-estimates.js';
import { FEED_DOCUMENTS, type FeedDocuments } from './feed-documents.js';
import type { FeedQueue } from './feed-queue.js';
import { getRestrictions, type ItemCatalog, searchCatalog } from './item-catalog.js';
import { getListing, searchListings } from './listing-reads.js';
import { deleteListing, patchListing, putListing } from './listing-writes.js';
import type { Market } from './market.js';
import type { NotificationBook } from './notification-book.js';
import type { OrderBook } from './order-book.js';
import type { OrderReads } from './order-reads.js';
import { updateShipmentStatus } from './pickup-status.js';
import { invalid, quotaExceeded, refused, success } from './replies.js';
import type { Shelf } from './shelf.js';
import { confirmShipment } from './shipment-confirmation.js';
import type { TokenDoor } from './token-door.js';
import type { Usage } from './usage.js';

/** Everything the simulated Amazon is made of. */
export interface Amazon {
  readonly door: TokenDoor;
  readonly usage: Usage;
  readonly shelf: Shelf;
  readonly documents: FeedDocuments;
  readonly feeds: FeedQueue;
  readonly catalog: ItemCatalog;
  readonly book: OrderBook;
  readonly reads: OrderReads;
  readonly market: Market;
  readonly notifications: NotificationBook;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  /** Groups are the path's parameters. */
  readonly path: RegExp;
  answer(amazon: Amazon, request: SimulatorRequest, parameters: readonly string[]): SimulatorReply;
}

const LISTINGS = /^\/listings\/2021-08-01\/items\/([^/]+)$/;
const LISTING = /^\/listings\/2021-08-01\/items\/([^/]+)\/([^/]+)$/;

const SUBSCRIPTION = /^\/notifications\/v1\/subscriptions\/([A-Z_]+)$/;

const FEEDS = /^\/feeds\/2021-06-30\/feeds$/;
const FEED = /^\/feeds\/2021-06-30\/feeds\/([^/]+)$/;

const ROUTES: readonly Route[] = [
  {
    operation: 'putListingsItem',
    method: 'PUT',
    path: LISTING,
    answer: ({ shelf, catalog }, request, [seller, sku = '']) =>
      inStore(seller, request) ?? putListing({ shelf, catalog }, sku, request),
  },
  {
    operation: 'patchListingsItem',
    method: 'PATCH',
    path: LISTING,
    answer: ({ shelf }, request, [seller, sku = '']) =>
      inStore(seller, request) ?? patchListing(shelf, sku, request),
  },
  {
    operation: 'deleteListingsItem',
    method: 'DELETE',
    path: LISTING,
    answer: ({ shelf }, request, [seller, sku = '']) => inStore(seller, request) ?? deleteListing(shelf, sku),
  },
  {
    operation: 'getListingsItem',
    method: 'GET',
    path: LISTING,
    answer: ({ shelf }, request, [seller, sku = '']) =>
      inStore(seller, request) ?? getListing(shelf, sku, request),
  },
  {
    operation: 'searchListingsItems',
    method: 'GET',
    path: LISTINGS,
    answer: ({ shelf }, request, [seller]) => inStore(seller, request) ?? searchListings(shelf, request),
  },
  {
    operation: 'getListingsRestrictions',
    method: 'GET',
    path: /^\/listings\/2021-08-01\/restrictions$/,
    answer: ({ catalog, shelf }, request) => getRestrictions(catalog, shelf, request),
  },
  {
    operation: 'searchCatalogItems',
    method: 'GET',
    path: /^\/catalog\/2022-04-01\/items$/,
    answer: ({ catalog }, request) => searchCatalog(catalog, request),
  },
  {
    operation: 'getDefinitionsProductType',
    method: 'GET',
    path: /^\/definitions\/2020-09-01\/productTypes\/([^/]+)$/,
    answer: (_amazon, request, [productType = '']) => getDefinition(productType, request),
  },
  {
    operation: 'searchDefinitionsProductTypes',
    method: 'GET',
    path: /^\/definitions\/2020-09-01\/productTypes$/,
    answer: (_amazon, request) => searchDefinitions(request),
  },
  {
    operation: 'createFeedDocument',
    method: 'POST',
    path: /^\/feeds\/2021-06-30\/documents$/,
    answer: ({ documents }, request) => documents.create(request),
  },
  {
    operation: 'getFeedDocument',
    method: 'GET',
    path: /^\/feeds\/2021-06-30\/documents\/([^/]+)$/,
    answer: ({ documents }, request, [documentId = '']) => documents.describe(documentId, request),
  },
  {
    operation: 'createFeed',
    method: 'POST',
    path: FEEDS,
    answer: ({ feeds }, request) => feeds.create(request),
  },
  { operation: 'getFeeds', method: 'GET', path: FEEDS, answer: ({ feeds }, request) => feeds.list(request) },
  {
    operation: 'getFeed',
    method: 'GET',
    path: FEED,
    answer: ({ feeds }, _request, [feedId = '']) => feeds.get(feedId),
  },
  {
    operation: 'cancelFeed',
    method: 'DELETE',
    path: FEED,
    answer: ({ feeds }, _request, [feedId = '']) => feeds.cancel(feedId),
  },
  {
    operation: 'getMyFeesEstimates',
    method: 'POST',
    path: /^\/products\/fees\/v0\/feesEstimate$/,
    answer: ({ shelf, market }, request) => estimateFees(shelf, market, request),
  },
  {
    operation: 'getFeaturedOfferExpectedPriceBatch',
    method: 'POST',
    path: /^\/batches\/products\/pricing\/2022-05-01\/offer\/featuredOfferExpectedPrice$/,
    answer: ({ shelf, market }, request) => expectPrices(shelf, market, request),
  },
  {
    operation: 'searchOrders',
    method: 'GET',
    path: /^\/orders\/2026-01-01\/orders$/,
    answer: ({ reads }, request) => reads.search(request),
  },
  {
    operation: 'getOrder',
    method: 'GET',
    path: /^\/orders\/2026-01-01\/orders\/([^/]+)$/,
    answer: ({ reads }, request, [orderId = '']) => reads.get(orderId, request),
  },
  {
    operation: 'confirmShipment',
    method: 'POST',
    path: /^\/orders\/v0\/orders\/([^/]+)\/shipmentConfirmation$/,
    answer: ({ book }, request, [orderId = '']) => confirmShipment(book, orderId, request),
  },
  {
    operation: 'updateShipmentStatus',
    method: 'POST',
    path: /^\/orders\/v0\/orders\/([^/]+)\/shipment$/,
    answer: ({ book }, request, [orderId = '']) => updateShipmentStatus(book, orderId, request),
  },
  {
    operation: 'getDestinations',
    method: 'GET',
    path: /^\/notifications\/v1\/destinations$/,
    answer: ({ notifications }) => notifications.destinations(),
  },
  {
    operation: 'createDestination',
    method: 'POST',
    path: /^\/notifications\/v1\/destinations$/,
    answer: ({ notifications }, request) => notifications.createDestination(request),
  },
  {
    operation: 'getSubscription',
    method: 'GET',
    path: SUBSCRIPTION,
    answer: ({ notifications }, _request, [type = '']) => notifications.subscription(type),
  },
  {
    operation: 'createSubscription',
    method: 'POST',
    path: SUBSCRIPTION,
    answer: ({ notifications }, request, [type = '']) => notifications.createSubscription(type, request),
  },
  {
    operation: 'getMarketplaceParticipations',
    method: 'GET',
    path: /^\/sellers\/v1\/marketplaceParticipations$/,
    answer: () => participations(),
  },
];

/** Answers a call: token, usage plan, operation. An unknown path is 403, as at Amazon, not 404. */
export function answer(amazon: Amazon, request: SimulatorRequest): SimulatorReply {
  if (request.path === TOKEN_PATH) return amazon.door.exchange(request);
  if (DOCUMENTS.test(request.path)) return definitionBytes(request);
  if (FEED_DOCUMENTS.test(request.path)) return amazon.documents.exchange(request);
  const refusal = amazon.door.refusal(request);
  if (refusal) return refusal;
  const route = ROUTES.find(({ method, path }) => method === request.method && path.test(request.path));
  const allowed = amazon.door.ordersRole || !/^\/orders\//.test(request.path);
  if (!route || !allowed) return refused(403, 'Unauthorized', 'Access to requested resource is denied.');
  if (!amazon.usage.take(route.operation)) return quotaExceeded();
  const parameters = (route.path.exec(request.path) ?? []).slice(1).map(decoded);
  const reply = route.answer(amazon, request, parameters);
  const told = reply.status < 300 || reply.status === 400 || reply.status === 404;
  if (!told) return reply;
  const rate = { 'x-amzn-RateLimit-Limit': amazon.usage.rate(route.operation) };
  return { ...reply, headers: { ...reply.headers, ...rate } };
}

/** The server has decoded the path but for the reserved characters. */
function decoded(segment: string): string {
  return segment.replace(/%(3B|2F|3F|3A|40|26|3D|2B|24|2C|23)/gi, (escaped) => decodeURIComponent(escaped));
}

/** Listings are addressed by seller and exactly one store. */
function inStore(seller: string | undefined, request: SimulatorRequest): SimulatorReply | null {
  if (seller !== ACCOUNT.sellerId) {
    return refused(
      403,
      'Unauthorized',
      'Access to requested resource is denied.',
      'The seller is not the authorized one.',
    );
  }
  const stores = (request.query.get('marketplaceIds') ?? '').split(',').filter((id) => id !== '');
  if (stores.length !== 1) return invalid('marketplaceIds must name exactly one store.');
  if (stores[0] !== ACCOUNT.marketplaceId) {
    const details = 'The marketplaces you provided are not valid for region.';
    return refused(403, 'Unauthorized', 'Access to requested resource is denied.', details);
  }
  return null;
}

function participations(): SimulatorReply {
  return success({
    payload: [
      {
        marketplace: {
          id: ACCOUNT.marketplaceId,
          name: ACCOUNT.marketplaceName,
          countryCode: 'US',
          defaultCurrencyCode: ACCOUNT.currency,
          defaultLanguageCode: ACCOUNT.language,
          domainName: 'www.amazon.com',
        },
        storeName: 'Simulated Store',
        participation: { isParticipating: true, hasSuspendedListings: false },
      },
    ],
  });
}
