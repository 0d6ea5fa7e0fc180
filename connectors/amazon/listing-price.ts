import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, moneyOf } from '../../src/domain/money.js';

/** What a buyer pays under a shaped listing: the discounted price of the consumer offer where there is one, else its own price. */
export function listingPrice(attributes: JsonObject): Money | null {
  const offers = attributes.purchasable_offer;
  if (!isJsonArray(offers)) return null;
  const consumer = offers
    .filter(isJsonObject)
    .find((offer) => offer.audience === undefined || offer.audience === 'ALL');
  if (!consumer || typeof consumer.currency !== 'string') return null;
  const amount = scheduled(consumer.discounted_price) ?? scheduled(consumer.our_price);
  return amount === null ? null : moneyOf(amount, consumer.currency);
}

function scheduled(price: JsonValue | undefined): number | null {
  const first = isJsonArray(price) ? price[0] : undefined;
  const schedule = isJsonObject(first) ? first.schedule : undefined;
  const step = isJsonArray(schedule) ? schedule[0] : undefined;
  const value = isJsonObject(step) ? step.value_with_tax : undefined;
  return typeof value === 'number' ? value : null;
}
