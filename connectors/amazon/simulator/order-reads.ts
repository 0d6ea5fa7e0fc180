import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { type BookLine, type BookOrder, type OrderBook, shippedOf } from './order-book.js';
import { invalid, refused, success } from './replies.js';

const DATA_SETS = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
];
const STATUSES = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const TWO_MINUTES = 120_000;
const DAY = 86_400_000;

/** GET endpoints of Orders v2026-01-01. Pages are cut from one snapshot, as their token promises. */
export interface OrderReads {
  search(request: SimulatorRequest): SimulatorReply;
  get(orderId: string, request: SimulatorRequest): SimulatorReply;
  /** Whether the application has the role for names and addresses. Without it the fields are absent. */
  buyerRole: boolean;
}

interface Snapshot {
  readonly filters: string;
  readonly ids: readonly string[];
  readonly until: string;
  readonly offset: number;
  readonly diesAtMs: number;
}

/** Reads of a book. */
export function orderReads(book: OrderBook): OrderReads {
  const snapshots = new Map<string, Snapshot>();
  let tokens = 0;

  function page(snapshot: Snapshot, size: number, included: ReadonlySet<string>): SimulatorReply {
    const end = snapshot.offset + size;
    const ids = snapshot.ids.slice(snapshot.offset, end);
    let pagination: JsonObject = {};
    if (end < snapshot.ids.length) {
      const nextToken = `page-${++tokens}`;
      snapshots.set(nextToken, { ...snapshot, offset: end, diesAtMs: Date.now() + DAY });
      pagination = { pagination: { nextToken } };
    }
    const orders = ids.flatMap((id) => {
      const order = book.orders.get(id);
      return order ? [orderBody(order, included, reads.buyerRole)] : [];
    });
    return success({ orders, ...pagination, lastUpdatedBefore: snapshot.until });
  }

  const reads: OrderReads = {
    buyerRole: true,
    search(request) {
      const { query } = request;
      const problem = searchProblem(query);
      if (problem) return invalid(problem);
      const included = new Set(csv(query, 'includedData'));
      const size = Number(query.get('maxResultsPerPage') ?? 100);
      const filters = filtersOf(query);
      const token = query.get('paginationToken');
      if (token === null) {
        const until =
          query.get('lastUpdatedBefore') ?? query.get('createdBefore') ?? new Date().toISOString();
        const found = [...book.orders.values()].filter((order) => matches(order, query, until));
        found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
        const ids = found.map(({ orderId }) => orderId);
        return page({ filters, ids, until, offset: 0, diesAtMs: 0 }, size, included);
      }
      const snapshot = snapshots.get(token);
      if (!snapshot || snapshot.diesAtMs < Date.now())
        return invalid('paginationToken has expired or is unknown.');
      if (snapshot.filters !== filters) return invalid('paginationToken belongs to other filters.');
      return page(snapshot, size, included);
    },
    get(orderId, request) {
      const included = csv(request.query, 'includedData');
      if (!included.every((name) => DATA_SETS.includes(name)))
        return invalid('includedData has an unknown data set.');
      const order = book.orders.get(orderId);
      if (!order) return refused(404, 'NotFound', `Order ${orderId} does not exist.`);
      return success({ order: orderBody(order, new Set(included), reads.buyerRole) });
    },
  };
  return reads;
}

function searchProblem(query: URLSearchParams): string | null {
  const byCreation = query.has('createdAfter');
  if (byCreation === query.has('lastUpdatedAfter'))
    return 'Exactly one of createdAfter and lastUpdatedAfter is required.';
  if (byCreation && query.has('lastUpdatedBefore')) return 'lastUpdatedBefore does not go with createdAfter.';
  if (!byCreation && query.has('createdBefore')) return 'createdBefore does not go with lastUpdatedAfter.';
  for (const name of ['createdAfter', 'createdBefore', 'lastUpdatedAfter', 'lastUpdatedBefore']) {
    const value = query.get(name);
    if (value !== null && (!DATE_TIME.test(value) || Number.isNaN(Date.parse(value)))) {
      return `${name} is not an ISO 8601 date-time.`;
    }
    if (value !== null && name.endsWith('Before') && Date.parse(value) > Date.now() - TWO_MINUTES) {
      return `${name} must be at least two minutes in the past.`;
    }
  }
  const size = Number(query.get('maxResultsPerPage') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 100) return 'maxResultsPerPage must be from 1 to 100.';
  if (!csv(query, 'includedData').every((name) => DATA_SETS.includes(name)))
    return 'includedData has an unknown data set.';
  if (!csv(query, 'fulfillmentStatuses').every((name) => STATUSES.includes(name)))
    return 'fulfillmentStatuses is unknown.';
  if (!csv(query, 'fulfilledBy').every((name) => name === 'MERCHANT' || name === 'AMAZON'))
    return 'fulfilledBy is unknown.';
  return csv(query, 'marketplaceIds').length > 50 ? 'At most 50 marketplaceIds.' : null;
}

function matches(order: BookOrder, query: URLSearchParams, until: string): boolean {
  const byCreation = query.get('createdAfter');
  const time = Date.parse(byCreation === null ? order.updatedAt : order.createdAt);
  const from = Date.parse(byCreation ?? query.get('lastUpdatedAfter') ?? '');
  const stores = csv(query, 'marketplaceIds');
  const statuses = csv(query, 'fulfillmentStatuses');
  const by = csv(query, 'fulfilledBy');
  return (
    time >= from &&
    time <= Date.parse(until) &&
    (stores.length === 0 || stores.includes(ACCOUNT.marketplaceId)) &&
    (statuses.length === 0 || statuses.includes(order.status)) &&
    (by.length === 0 || by.includes(order.fulfilledBy))
  );
}

function filtersOf(query: URLSearchParams): string {
  const filters = [...query.entries()].filter(([name]) => name !== 'paginationToken');
  return JSON.stringify(filters.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function csv(query: URLSearchParams, name: string): readonly string[] {
  return (query.get(name) ?? '').split(',').filter((part) => part !== '');
}

function orderBody(order: BookOrder, included: ReadonlySet<string>, buyerRole: boolean): JsonObject {
  const priced = order.status !== 'PENDING';
  const total = order.lines.reduce((sum, line) => sum + line.unitCents * line.quantity + taxOf(line), 0);
  return {
    orderId: order.orderId,
    createdTime: order.createdAt,
    lastUpdatedTime: order.updatedAt,
    ...(order.pickup ? { programs: ['IN_STORE_PICK_UP'] } : {}),
    salesChannel: {
      channelName: 'AMAZON',
      marketplaceId: ACCOUNT.marketplaceId,
      marketplaceName: ACCOUNT.marketplaceName,
    },
    ...(included.has('BUYER') && priced ? { buyer: buyerRole ? BUYER : {} } : {}),
    ...(included.has('RECIPIENT') && priced
      ? { recipient: { deliveryAddress: buyerRole ? ADDRESS : TOWN } }
      : {}),
    ...(included.has('FULFILLMENT') ? { fulfillment: fulfillmentOf(order) } : {}),
    ...(included.has('PROCEEDS') && priced ? { proceeds: { grandTotal: money(total) } } : {}),
    ...(included.has('PACKAGES') && order.fulfilledBy === 'MERCHANT'
      ? { packages: order.packages.map(packageBody) }
      : {}),
    orderItems: order.lines.map((line) => itemBody(order, line, included)),
  };
}

function itemBody(order: BookOrder, line: BookLine, included: ReadonlySet<string>): JsonObject {
  const priced = order.status !== 'PENDING';
  const shipped = order.fulfilledBy === 'AMAZON' ? line.quantity : shippedOf(order, line.orderItemId);
  return {
    orderItemId: line.orderItemId,
    quantityOrdered: line.quantity,
    product: {
      asin: 'B0SIMORDER',
      ...(line.title === null ? {} : { title: line.title }),
      sellerSku: line.sku,
      ...(priced ? { price: { unitPrice: money(line.unitCents) } } : {}),
    },
    ...(included.has('PROCEEDS') && priced
      ? {
          proceeds: {
            proceedsTotal: money(line.unitCents * line.quantity + taxOf(line)),
            breakdowns: [
              { type: 'ITEM', subtotal: money(line.unitCents * line.quantity) },
              {
                type: 'TAX',
                subtotal: money(taxOf(line)),
                detailedBreakdowns: [{ subtype: 'ITEM', value: money(taxOf(line)) }],
              },
            ],
          },
        }
      : {}),
    ...(included.has('TAX') && priced
      ? {
          tax: {
            taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }],
          },
        }
      : {}),
    ...(included.has('CANCELLATION') ? cancellationOf(order, line) : {}),
    ...(included.has('FULFILLMENT')
      ? { fulfillment: { quantityFulfilled: shipped, quantityUnfulfilled: line.quantity - shipped } }
      : {}),
  };
}

function fulfillmentOf(order: BookOrder): JsonObject {
  const created = Date.parse(order.createdAt);
  return {
    fulfillmentStatus:
      order.fulfilledBy === 'AMAZON' && order.status === 'UNSHIPPED' ? 'SHIPPED' : order.status,
    fulfilledBy: order.fulfilledBy,
    fulfillmentServiceLevel: 'STANDARD',
    shipByWindow: {
      earliestDateTime: order.createdAt,
      latestDateTime: new Date(created + 2 * DAY).toISOString(),
    },
  };
}

function packageBody(parcel: BookOrder['packages'][number]): JsonObject {
  return {
    packageReferenceId: parcel.packageReferenceId,
    carrier: parcel.carrier,
    trackingNumber: parcel.trackingNumber,
    shipTime: parcel.shipTime,
    ...(parcel.shippingService === null ? {} : { shippingService: parcel.shippingService }),
    packageStatus: { status: 'SHIPPED' },
    packageItems: parcel.items.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
  };
}

/** Sales tax of 8 % per line, which Amazon collects and keeps. */
function taxOf(line: BookLine): number {
  return Math.round(line.unitCents * line.quantity * 0.08);
}

function money(cents: number): JsonObject {
  return { amount: (cents / 100).toFixed(2), currencyCode: ACCOUNT.currency };
}

const BUYER = { buyerName: 'Robin Sample', buyerEmail: 'f00ba4simulated@marketplace.amazon.com' };
const TOWN = { city: 'Seattle', stateOrRegion: 'WA', countryCode: 'US' };
const ADDRESS = {
  name: 'Robin Sample',
  addressLine1: '1 Example Street',
  ...TOWN,
  postalCode: '98101',
  phone: '+1 206 555 0100',
  addressType: 'RESIDENTIAL',
};

function cancellationOf(order: BookOrder, line: BookLine): JsonObject {
  if (order.cancelledItems.has(line.orderItemId))
    return {
      cancellation: { cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NO_INVENTORY' } },
    };
  if (order.status !== 'CANCELLED') return {};
  return {
    cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'BUYER_CANCELLED' } },
  };
}
