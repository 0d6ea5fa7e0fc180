import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import {
  type BookOrder,
  type OrderBook,
  PICKUP_STATUSES,
  type PickupStatus,
  shippedOf,
} from './order-book.js';
import { noContent, refused } from './replies.js';

interface StatusUpdate {
  readonly status: PickupStatus;
  /** Null: the whole order. */
  readonly items: ReadonlyMap<string, number> | null;
}

/**
 * POST of `updateShipmentStatus`: in-store pickup only, never back from a status that ends it. Shape by the model; what a status may follow is not
 * written down by Amazon and is read strictly here.
 */
export function updateShipmentStatus(
  book: OrderBook,
  orderId: string,
  request: SimulatorRequest,
): SimulatorReply {
  const order = book.orders.get(orderId);
  if (!order) return refused(404, 'NotFound', `Order ${orderId} does not exist.`);
  const update = updateIn(request);
  if (typeof update === 'string') return refused(400, 'InvalidInput', update);
  const problem = orderProblem(order, update.status) ?? itemsProblem(order, update);
  if (problem) return refused(400, 'InvalidInput', problem);
  book.collect(orderId, update.status, update.items ?? openItems(order));
  return noContent();
}

function updateIn(request: SimulatorRequest): StatusUpdate | string {
  const body = jsonOf(request);
  if (!isJsonObject(body)) return 'A JSON object is required.';
  if (typeof body.marketplaceId !== 'string') return 'marketplaceId is required.';
  if (body.marketplaceId !== ACCOUNT.marketplaceId) return 'Marketplace ID is not defined';
  const status = PICKUP_STATUSES.find((known) => known === body.shipmentStatus);
  if (status === undefined) return `shipmentStatus must be one of ${PICKUP_STATUSES.join(', ')}.`;
  if (body.orderItems === undefined) return { status, items: null };
  const items = itemsIn(body.orderItems);
  return typeof items === 'string' ? items : { status, items };
}

function itemsIn(value: JsonValue | undefined): ReadonlyMap<string, number> | string {
  if (!isJsonArray(value) || value.length === 0) return 'orderItems must be a list of items.';
  const items = new Map<string, number>();
  for (const entry of value) {
    if (!isJsonObject(entry) || typeof entry.orderItemId !== 'string') return 'orderItemId is required.';
    const { orderItemId, quantity } = entry;
    if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1)
      return 'quantity must be a whole number from 1.';
    if (items.has(orderItemId)) return 'An order item occurs twice.';
    items.set(orderItemId, quantity);
  }
  return items;
}

function orderProblem(order: BookOrder, status: PickupStatus): string | null {
  if (!order.pickup) return 'The order is no in-store pickup order.';
  if (order.status === 'CANCELLED') return 'The order is cancelled.';
  if (order.status === 'PENDING') return 'The order is pending.';
  if (order.pickupStatus === 'PickedUp' && status === 'ReadyForPickup')
    return 'Units of the order were picked up before.';
  // Of an order that was handed over in part, the rest is still to come.
  const ended =
    (order.pickupStatus === 'PickedUp' && order.status === 'SHIPPED') ||
    order.pickupStatus === 'RefusedPickup';
  return ended && order.pickupStatus !== status ? `The order has ended with ${order.pickupStatus}.` : null;
}

function itemsProblem(order: BookOrder, { status, items }: StatusUpdate): string | null {
  for (const [id, quantity] of items ?? []) {
    const line = order.lines.find(({ orderItemId }) => orderItemId === id);
    if (!line || order.cancelledItems.has(id)) return `Order item ${id} is not part of the order.`;
    if (quantity > line.quantity) return `More units of ${id} than ordered.`;
    const handed = order.handedOver.get(id) ?? 0;
    if (status === 'PickedUp' && quantity < handed) return `More units of ${id} were picked up before.`;
    if (status !== 'PickedUp' && quantity > line.quantity - handed)
      return `Units of ${id} were picked up before.`;
  }
  return null;
}

function openItems(order: BookOrder): ReadonlyMap<string, number> {
  return new Map(
    order.lines
      .filter(({ orderItemId }) => !order.cancelledItems.has(orderItemId))
      .map(({ orderItemId, quantity }) => [
        orderItemId,
        quantity - shippedOf(order, orderItemId) + (order.handedOver.get(orderItemId) ?? 0),
      ]),
  );
}

function jsonOf(request: SimulatorRequest): JsonValue {
  try {
    return JSON.parse(request.body.toString('utf8')) as JsonValue;
  } catch {
    return null;
  }
}
