import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { HeldOrder, MemoryStore, ShopOrder } from './memory-store.js';
import { objects, ok, type Route, refuse, type StoreAnswer, type StoreCall } from './store-call.js';
import { leftOf, takeMessage, takeParcel } from './store-orders.js';
import { bookedRefund, cancelInShop, findByKey, place } from './store-shop.js';

/** Calls about purchases on the channel side and orders on the shop side. */
export const ORDER_ROUTES: Readonly<Record<string, Route>> = {
  'GET /orders': orders,
  'POST /orders/messages': messages,
  'POST /shipments': shipments,
  'POST /shop-orders': placeOrder,
  'POST /shop-orders/cancel': cancelPlaced,
  'POST /shop-orders/refund': bookRefund,
  'GET /shop-orders': shopOrders,
};

function orders(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const since = Number(query.since ?? 0);
  const changed = [...store.orders.values()]
    .filter((order) => order.change > since)
    .sort((a, b) => a.change - b.change);
  const shown = changed.slice(0, 50);
  return ok({
    orders: shown.map(orderJson),
    cursor: String(shown.at(-1)?.change ?? since),
    more: changed.length > shown.length,
  });
}

function orderJson(order: HeldOrder): JsonObject {
  return {
    id: order.id,
    status: order.status,
    fulfilledBy: order.fulfilledBy,
    placedAt: order.placedAt,
    updatedAt: order.updatedAt,
    currency: order.currency,
    lines: order.lines.map((line) => ({
      ...line,
      shipped: leftOf(order, line),
      cancelled: order.cancelledUnits.get(line.id) ?? 0,
      refunded: order.refundedUnits.get(line.id) ?? 0,
      refundedMinor: order.refundedMinor.get(line.id) ?? 0,
    })),
    delivery: order.delivery === null ? null : { ...order.delivery },
    buyer: { name: 'Ada Example', city: 'Exampleton', country: 'US' },
  };
}

function messages(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const results = objects(body.messages).map((message) => ({
    reference: String(message.reference),
    orderId: String(message.orderExternalId),
    code: takeMessage(store, message),
  }));
  return typeof body.key === 'string' ? ok({ results }) : refuse(400, 'bad_batch');
}

function cancelPlaced(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const units = body.units === null ? null : objects(body.units);
  return ok({ code: cancelInShop(store, { storeId: String(body.storeId), key: String(body.key), units }) });
}

/** The same key again is the refund that is there. */
function bookRefund(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const { storeId, key, refund } = body;
  if (typeof storeId !== 'string' || typeof key !== 'string' || !isJsonObject(refund))
    return refuse(400, 'bad_refund');
  return ok(bookedRefund(store, { storeId, key, refund }));
}

function shipments(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const results = objects(body.shipments).map((parcel) => ({
    reference: String(parcel.reference),
    code: takeParcel(store, String(parcel.orderId), {
      reference: String(parcel.reference),
      carrier: String(parcel.carrier),
      trackingNumber: String(parcel.trackingNumber),
      lines: objects(parcel.lines).map((line) => ({
        lineId: String(line.lineId),
        quantity: Number(line.quantity),
      })),
    }),
  }));
  return ok({ results });
}

function placeOrder(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  if (typeof body.key !== 'string' || !isJsonObject(body.order)) return refuse(400, 'bad_order');
  return ok({ order: shopOrderJson(place(store, body.key, body.order)) });
}

function shopOrders(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  if (query.key !== undefined) {
    return ok({ orders: findByKey(store, query.key).map(shopOrderJson) });
  }
  const ids = (query.ids ?? '').split(',');
  const found = ids.flatMap((id) => store.shopOrders.get(id) ?? []);
  return ok({ orders: found.map(shopOrderJson) });
}

function shopOrderJson(order: ShopOrder): JsonObject {
  return {
    storeId: order.storeId,
    name: `#${order.storeId.slice(2)}`,
    cancelled: order.cancelled,
    shipments: order.shipments as unknown as JsonValue,
    refunds: order.refunds as unknown as JsonValue,
    cancelledUnits: order.cancelledUnits as unknown as JsonValue,
    total: isJsonObject(order.placed.order) ? (order.placed.order.total ?? null) : null,
  };
}
