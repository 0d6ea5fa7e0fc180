import type { JsonObject } from '../../../src/domain/json.js';
import type { StoreRefund, StoreShipment, StoreUnits } from '../../../src/domain/store-order.js';
import type { MemoryStore, ShopOrder } from './memory-store.js';

/** Writes an order into the shop. Like real shops it takes a second one under the same key: `find` comes first. */
export function place(store: MemoryStore, key: string, placed: JsonObject): ShopOrder {
  const order: ShopOrder = {
    storeId: `S-${store.shopOrders.size + 1001}`,
    key,
    placed,
    cancelled: false,
    shipments: [],
    refunds: [],
    cancelledUnits: [],
    cancellations: new Set(),
  };
  store.shopOrders.set(order.storeId, order);
  return order;
}

/** The orders placed under the key, oldest first. */
export function findByKey(store: MemoryStore, key: string): readonly ShopOrder[] {
  return [...store.shopOrders.values()].filter((order) => order.key === key);
}

/** The shop sends a parcel; false when it has no such order. The same reference again replaces the first. */
export function shipFromShop(store: MemoryStore, storeId: string, shipment: StoreShipment): boolean {
  const order = store.shopOrders.get(storeId);
  if (!order || order.cancelled) return false;
  const index = order.shipments.findIndex((known) => known.reference === shipment.reference);
  order.shipments.splice(index < 0 ? order.shipments.length : index, 1, shipment);
  return true;
}

/** Takes the order, or units of it, out; the same key again changes nothing. Returns the reason of a refusal, or null. */
export function cancelInShop(
  store: MemoryStore,
  request: { readonly storeId: string; readonly key: string; readonly units: readonly JsonObject[] | null },
): string | null {
  const order = store.shopOrders.get(request.storeId);
  if (!order) return 'unknown_order';
  if (order.cancellations.has(request.key)) return null;
  if (request.units === null) {
    if (order.shipments.length > 0) return 'already_shipped';
    order.cancelled = true;
  } else order.cancelledUnits.push(...(request.units as unknown as readonly StoreUnits[]));
  order.cancellations.add(request.key);
  return null;
}

/** The shop gives money back; false when it has no such order. The same reference again replaces the first. */
export function refundInShop(store: MemoryStore, storeId: string, refund: StoreRefund): boolean {
  const order = store.shopOrders.get(storeId);
  if (!order) return false;
  const index = order.refunds.findIndex((known) => known.reference === refund.reference);
  order.refunds.splice(index < 0 ? order.refunds.length : index, 1, refund);
  return true;
}

/** Writes a refund down that was given elsewhere; the reason of a refusal, or its reference. */
export function bookedRefund(
  store: MemoryStore,
  { storeId, key, refund }: { readonly storeId: string; readonly key: string; readonly refund: JsonObject },
): { readonly code: string } | { readonly reference: string } {
  const order = store.shopOrders.get(storeId);
  if (!order) return { code: 'unknown_order' };
  const known = order.refunds.find((each) => each.key === key);
  if (known) return { reference: known.reference };
  const reference = `SR-${order.refunds.length + 1}`;
  order.refunds.push({ ...(refund as unknown as StoreRefund), reference, key });
  return { reference };
}
