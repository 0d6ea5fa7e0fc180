import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { SIDE_ROUTES } from './answer-side.js';
import type { HeldOrder, MemoryStore, ShopOrder, WaitingChange } from './memory-store.js';
import { objects, ok, page, type Route, refuse, type StoreAnswer, type StoreCall } from './store-call.js';
import { processDocuments } from './store-documents.js';
import { MOST_CHANGES, process, receive } from './store-listings.js';
import { cancelOrder, shippedOf, takeParcel } from './store-orders.js';
import { findByKey, place } from './store-shop.js';

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /me': () => ok({ ready: true }),
  'POST /listings': submit,
  'GET /submissions': submission,
  'GET /listings': listings,
  ...SIDE_ROUTES,
  'GET /orders': orders,
  'POST /orders/cancel': cancel,
  'POST /orders/acknowledge': acknowledge,
  'POST /shipments': shipments,
  'GET /products': products,
  'GET /stock': stock,
  'POST /shop-orders': placeOrder,
  'GET /shop-orders': shopOrders,
};

/** Lets the store do what is due. Called before every look at it, so no timer is needed. */
export function settleStore(store: MemoryStore): void {
  process(store);
  processDocuments(store);
}

/** Answers a call on a store. */
export function answer(store: MemoryStore, call: StoreCall): StoreAnswer {
  settleStore(store);
  const name = `${call.method} ${call.path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  return route ? route(store, call) : refuse(404, 'unknown_call');
}

function submit(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const changes = objects(body.changes).map(changeOf);
  if (typeof body.key !== 'string' || changes.length === 0) return refuse(400, 'bad_batch');
  if (changes.length > MOST_CHANGES) return refuse(400, 'batch_too_large');
  if (new Set(changes.map((change) => change.sku)).size < changes.length) return refuse(400, 'sku_twice');
  return ok({ id: receive(store, body.key, changes).id, accepted: changes.map((change) => change.sku) });
}

function changeOf(change: JsonObject): WaitingChange {
  const action = change.action === 'remove' || change.action === 'offer' ? change.action : 'upsert';
  const attributes = isJsonObject(change.attributes) ? change.attributes : {};
  return { sku: String(change.sku), action, attributes, version: Number(change.version ?? 0) };
}

function submission(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const found = store.submissions.get(query.id ?? '');
  if (!found) return refuse(404, 'unknown_submission');
  return ok({ verdicts: found.verdicts as unknown as JsonValue });
}

function listings(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const refused = [...store.rejected].filter(([sku]) => !store.listings.has(sku));
  const all: JsonObject[] = [
    ...[...store.listings.values()].map((held) => ({ ...held })),
    ...refused.map(([sku, code]) => ({ sku, code })),
  ];
  return ok(page(all, query.cursor));
}

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
  const parcels = [...order.parcels.values()];
  return {
    id: order.id,
    status: order.status,
    fulfilledBy: order.fulfilledBy,
    placedAt: order.placedAt,
    updatedAt: order.updatedAt,
    currency: order.currency,
    lines: order.lines.map((line) => ({ ...line, shipped: shippedOf(parcels, line.id) })),
    buyer: { name: 'Ada Example', city: 'Exampleton', country: 'US' },
  };
}

function cancel(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  return cancelOrder(store, String(body.id)) ? ok({}) : ok({ code: 'cannot_cancel' });
}

function acknowledge(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const unknown: string[] = [];
  for (const entry of objects(body.orders)) {
    const order = store.orders.get(String(entry.id));
    if (order) order.storeId = String(entry.storeId);
    else unknown.push(String(entry.id));
  }
  return ok({ unknown });
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

function products(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  return ok(page([...store.products.values()] as unknown as JsonObject[], query.cursor));
}

function stock(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const readings = [...store.products.values()].flatMap((product) =>
    product.variants.flatMap((variant) =>
      (variant.stock ?? []).map((reading) => ({ sku: variant.sku ?? '', ...reading })),
    ),
  );
  return ok(page(readings, query.cursor));
}

function placeOrder(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  if (typeof body.key !== 'string' || !isJsonObject(body.order)) return refuse(400, 'bad_order');
  return ok({ order: shopOrderJson(place(store, body.key, body.order)) });
}

function shopOrders(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  if (query.key !== undefined) {
    const found = findByKey(store, query.key);
    return ok({ orders: found ? [shopOrderJson(found)] : [] });
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
  };
}
