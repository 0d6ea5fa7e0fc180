import type { OrderPage, OrderPort } from '../../src/channel/order-port.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { ChannelOrder, ChannelOrderStatus, OrderLine } from '../../src/domain/order.js';
import type { OrderMessage, OrderMessageAnswer } from '../../src/domain/order-message.js';
import type { ShipmentNotice, ShipmentReceipt } from '../../src/domain/shipment.js';
import { type Client, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** Purchases on the memory channel. The cursor is the number of the last change seen. */
export function memoryOrders(client: Client): OrderPort {
  return {
    pull: (cursor) => pull(client, cursor),
    ship: (shipments) => ship(client, shipments),
    tells: ['acknowledge', 'cancel', 'refund', 'ready', 'picked-up', 'not-collected'],
    tell: (messages, key) => tell(client, messages, key),
  };
}

async function pull(client: Client, cursor: string | null): Promise<OrderPage> {
  const body = await client({
    method: 'GET',
    path: '/orders',
    query: cursor === null ? {} : { since: cursor },
  });
  return {
    orders: objectsOf(body.orders).map(orderOf),
    cursor: String(body.cursor),
    more: body.more === true,
  };
}

function orderOf(order: JsonObject): ChannelOrder {
  const { buyer, ...raw } = order;
  const currency = String(order.currency);
  const held = objectsOf(order.lines);
  const totalMinor = held.reduce((sum, line) => sum + Number(line.unitMinor) * Number(line.quantity), 0);
  return {
    externalId: String(order.id),
    status: statusOf(order.status),
    fulfilledBy: order.fulfilledBy === 'channel' ? 'channel' : 'merchant',
    placedAt: String(order.placedAt),
    updatedAt: String(order.updatedAt),
    lines: held.map((line) => lineOf(line, order)),
    total: { minor: totalMinor, currency },
    ...deliveryOf(objectsOf([order.delivery ?? null])[0]),
    ...buyerOf(objectsOf([buyer ?? null])[0]),
    raw,
  };
}

function lineOf(line: JsonObject, order: JsonObject): OrderLine {
  const quantity = Number(line.quantity);
  return {
    externalId: String(line.id),
    sku: String(line.sku),
    quantity,
    quantityShipped: Number(line.shipped),
    quantityCancelled: order.status === 'cancelled' ? quantity : Number(line.cancelled),
    quantityRefunded: Number(line.refunded),
    ...(Number(line.refundedMinor) === 0
      ? {}
      : { amountRefunded: { minor: Number(line.refundedMinor), currency: String(order.currency) } }),
    unitPrice: { minor: Number(line.unitMinor), currency: String(order.currency) },
  };
}

function deliveryOf(delivery: JsonObject | undefined): Pick<ChannelOrder, 'delivery'> {
  if (!delivery) return {};
  const { method, location } = delivery;
  const fetched = method === 'pickup' || method === 'curbside';
  return {
    delivery: {
      method: fetched ? method : 'ship',
      ...(typeof location === 'string' ? { location } : {}),
    },
  };
}

function buyerOf(buyer: JsonObject | undefined): Pick<ChannelOrder, 'buyer'> {
  if (!buyer) return {};
  const address = { lines: [], city: String(buyer.city), country: String(buyer.country) };
  return { buyer: { name: String(buyer.name), address } };
}

const STATUSES: readonly string[] = ['pending', 'open', 'partially-shipped', 'shipped', 'cancelled'];

/** A status we do not know is treated as not paid yet: it reserves, and nothing is shipped. */
function statusOf(status: unknown): ChannelOrderStatus {
  return STATUSES.includes(String(status)) ? (status as ChannelOrderStatus) : 'pending';
}

async function ship(
  client: Client,
  shipments: readonly ShipmentNotice[],
): Promise<readonly ShipmentReceipt[]> {
  const body = await client({
    method: 'POST',
    path: '/shipments',
    body: { shipments: shipments.map(parcelJson) },
  });
  return objectsOf(body.results).map(receiptOf);
}

function parcelJson(notice: ShipmentNotice): JsonObject {
  const { orderExternalId: orderId, reference, carrier, trackingNumber } = notice;
  const lines = notice.lines.map((line) => ({ lineId: line.lineExternalId, quantity: line.quantity }));
  return { orderId, reference, carrier, trackingNumber, lines };
}

function receiptOf(result: JsonObject): Exclude<ShipmentReceipt, { outcome: 'retry' }> {
  const reference = String(result.reference);
  if (typeof result.code !== 'string') return { reference, outcome: 'accepted' };
  return { reference, outcome: 'rejected', issues: [refusal(result.code)] };
}

async function tell(
  client: Client,
  messages: readonly OrderMessage[],
  key: string,
): Promise<OrderMessageAnswer> {
  const body = { key, messages: messages as unknown as JsonValue };
  const reply = await client({ method: 'POST', path: '/orders/messages', body });
  return {
    handle: null,
    verdicts: objectsOf(reply.results).map((result) => ({
      ...receiptOf(result),
      orderExternalId: String(result.orderId),
    })),
  };
}
