import type { JsonObject } from '../../../src/domain/json.js';
import type { MemoryStore } from './memory-store.js';

/** Takes one change of stock at a place. Returns the reason of a refusal, or null. Removing what is not there is fine. */
export function takePlace(store: MemoryStore, change: JsonObject): string | null {
  const sku = String(change.sku);
  const key = `${String(change.kind)} ${String(change.place)} ${sku}`;
  if (change.action === 'remove') {
    store.places.delete(key);
    return null;
  }
  if (!store.listings.has(sku)) return 'unknown_listing';
  if (store.closedPlaces.has(String(change.place))) return 'unknown_place';
  const quantity = Number(change.quantity);
  if (!Number.isInteger(quantity) || quantity < 0) return 'bad_quantity';
  if ((change.availability === 'in_stock') !== quantity > 0) return 'availability_mismatch';
  store.places.set(key, quantity);
  return null;
}

/** With a listing its stock per place is gone. */
export function dropPlacesOf(store: MemoryStore, sku: string): void {
  for (const key of [...store.places.keys()]) if (key.endsWith(` ${sku}`)) store.places.delete(key);
}
