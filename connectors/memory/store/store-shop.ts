import type { JsonObject } from '../../../src/domain/json.js';
import type { StoreShipment } from '../../../src/domain/order.js';
import type { MemoryStore, ShopOrder } from './memory-store.js';

/** Writes an order into the shop. Like real shops it takes a second one under the same key: `find` comes first. */
export function place(store: MemoryStore, key: string, placed: JsonObject): ShopOrder {
  const order: ShopOrder = {
    storeId: `S-${store.shopOrders.size + 1001}`,
    key,
    placed,
    cancelled: false,
    shipments: [],
  };
  store.shopOrders.set(order.storeId, order);
  return order;
}

/** The first order placed under the key. */
export function findByKey(store: MemoryStore, key: string): ShopOrder | null {
  return [...store.shopOrders.values()].find((order) => order.key === key) ?? null;
}

/** The shop sends a parcel; false when it has no such order. The same reference again replaces the first. */
export function shipFromShop(store: MemoryStore, storeId: string, shipment: StoreShipment): boolean {
  const order = store.shopOrders.get(storeId);
  if (!order || order.cancelled) return false;
  const index = order.shipments.findIndex((known) => known.reference === shipment.reference);
  order.shipments.splice(index < 0 ? order.shipments.length : index, 1, shipment);
  return true;
}
