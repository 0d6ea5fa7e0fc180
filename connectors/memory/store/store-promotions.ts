import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { HeldPromotion, MemoryStore } from './memory-store.js';

/** Takes one change of a promotion. A promotion is never deleted: ending one takes it off. Returns the reason of a refusal, or null. */
export function takePromotion(store: MemoryStore, change: JsonObject): string | null {
  const promotion = isJsonObject(change.promotion) ? change.promotion : {};
  const id = String(promotion.id);
  if (change.action === 'end') return store.promotions.delete(id) ? null : 'unknown_promotion';
  const title = String(promotion.title ?? '');
  // As real channels do: a title must say the value, and shouting is refused.
  if (!/\d/.test(title)) return 'title_without_value';
  if (title === title.toUpperCase()) return 'title_in_capitals';
  store.promotions.set(id, { id, title, endsAt: String(promotion.endsAt) });
  return null;
}

/** What the store thinks of a promotion now. */
export function promotionState(store: MemoryStore, held: HeldPromotion): JsonObject {
  const code = store.refusals.get(held.id);
  return {
    ...held,
    state: code === undefined ? 'live' : 'rejected',
    ...(code === undefined ? {} : { code }),
  };
}
