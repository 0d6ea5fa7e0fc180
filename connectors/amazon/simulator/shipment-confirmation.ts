import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { type BookOrder, type BookPackage, type OrderBook, shippedOf } from './order-book.js';
import { noContent, refused } from './replies.js';

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** Clocks may differ by a day line, not more. */
const LATEST_SHIP_DATE_MS = 86_400_000;

/** Carrier codes taken without a name; a part of Amazon's list. */
const CARRIERS = new Set(
  (
    'USPS,UPS,UPSMI,FedEx,FedEx SmartPost,DHL,DHL Global Mail,DPD,GLS,GO!,Hermes Logistik Gruppe,Royal Mail,Parcelforce,' +
    'TNT,Chronopost,La Poste,Deutsche Post,Poste Italiane,Canada Post,OnTrac,Lasership,Newgistics,OSM,Streamlite,Fastway,' +
    'Target,Blue Package,SagawaExpress,YamatoTransport,NipponExpress,JP_EXPRESS,NITTSU,India Post,First Flight'
  ).split(','),
);

/** POST of `confirmShipment`. The same package reference edits that package. */
export function confirmShipment(book: OrderBook, orderId: string, request: SimulatorRequest): SimulatorReply {
  const order = book.orders.get(orderId);
  if (!order) return refused(404, 'NotFound', `Order ${orderId} does not exist.`);
  const parcel = parcelIn(request);
  if (typeof parcel === 'string') return refused(400, 'InvalidInput', parcel);
  const problem = orderProblem(order) ?? quantityProblem(order, parcel);
  if (problem) return refused(400, 'InvalidInput', problem);
  book.ship(orderId, parcel);
  return noContent();
}

function orderProblem(order: BookOrder): string | null {
  if (order.fulfilledBy === 'AMAZON') return 'The order is fulfilled by Amazon.';
  if (order.status === 'CANCELLED') return 'The order is cancelled.';
  if (order.status === 'PENDING') return 'The order is pending.';
  return null;
}

function quantityProblem(order: BookOrder, parcel: BookPackage): string | null {
  for (const item of parcel.items) {
    const line = order.lines.find(({ orderItemId }) => orderItemId === item.orderItemId);
    if (!line) return `Order item ${item.orderItemId} is not part of the order.`;
    const before = shippedOf(order, item.orderItemId, parcel.packageReferenceId);
    if (before + item.quantity > line.quantity) return `More units of ${item.orderItemId} than ordered.`;
  }
  return null;
}

/** The parcel in a body, or what is wrong with it. */
function parcelIn(request: SimulatorRequest): BookPackage | string {
  const body = jsonOf(request);
  if (!isJsonObject(body) || !isJsonObject(body.packageDetail)) return 'packageDetail is required.';
  if (body.marketplaceId !== ACCOUNT.marketplaceId) return 'marketplaceId is not the store of the order.';
  const detail = body.packageDetail;
  const items = itemsIn(detail.orderItems);
  if (typeof items === 'string') return items;
  if (typeof detail.packageReferenceId !== 'string' || !/^[1-9]\d*$/.test(detail.packageReferenceId)) {
    return 'packageReferenceId must be text of a positive whole number.';
  }
  const carrier = carrierIn(detail);
  if (carrier === null) return 'carrierCode is unknown, or Other without carrierName.';
  if (typeof detail.trackingNumber !== 'string' || detail.trackingNumber.trim() === '')
    return 'trackingNumber is required.';
  if (typeof detail.shipDate !== 'string' || !DATE_TIME.test(detail.shipDate))
    return 'shipDate is not an ISO 8601 date-time.';
  if (Date.parse(detail.shipDate) > Date.now() + LATEST_SHIP_DATE_MS) return 'shipDate lies in the future.';
  return {
    packageReferenceId: detail.packageReferenceId,
    carrier,
    trackingNumber: detail.trackingNumber,
    shipTime: detail.shipDate,
    shippingService: typeof detail.shippingMethod === 'string' ? detail.shippingMethod : null,
    items,
  };
}

function carrierIn(detail: JsonObject): string | null {
  if (detail.carrierCode === 'Other') {
    return typeof detail.carrierName === 'string' && detail.carrierName !== '' ? detail.carrierName : null;
  }
  return typeof detail.carrierCode === 'string' && CARRIERS.has(detail.carrierCode)
    ? detail.carrierCode
    : null;
}

function itemsIn(value: JsonValue | undefined): BookPackage['items'] | string {
  if (!isJsonArray(value) || value.length === 0) return 'orderItems is required.';
  const items: { orderItemId: string; quantity: number }[] = [];
  for (const entry of value) {
    if (!isJsonObject(entry) || typeof entry.orderItemId !== 'string') return 'orderItemId is required.';
    if (typeof entry.quantity !== 'number' || !Number.isInteger(entry.quantity) || entry.quantity < 1) {
      return 'quantity must be a whole number from 1.';
    }
    if (items.some((item) => item.orderItemId === entry.orderItemId)) return 'An order item occurs twice.';
    items.push({ orderItemId: entry.orderItemId, quantity: entry.quantity });
  }
  return items;
}

function jsonOf(request: SimulatorRequest): JsonValue {
  try {
    return JSON.parse(request.body.toString('utf8')) as JsonValue;
  } catch {
    return null;
  }
}
