import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, moneyOf } from '../../src/domain/money.js';

/** What a buyer pays under a shaped listing: the discounted price of the consumer offer where there is one, else its own price. */
export function listingPrice(attributes: JsonObject): Money | null {
  const consumer = consumerOffer(attributes);
  return amountOf(consumer, scheduled(consumer?.discounted_price) ?? scheduled(consumer?.our_price));
}

/** The price without a discount under the same listing. */
export function listingRegularPrice(attributes: JsonObject): Money | null {
  const consumer = consumerOffer(attributes);
  return amountOf(consumer, scheduled(consumer?.our_price));
}

function consumerOffer(attributes: JsonObject): JsonObject | undefined {
  const offers = attributes.purchasable_offer;
  if (!isJsonArray(offers)) return undefined;
  return offers
    .filter(isJsonObject)
    .find((offer) => offer.audience === undefined || offer.audience === 'ALL');
}

function amountOf(consumer: JsonObject | undefined, amount: number | null): Money | null {
  return amount === null || typeof consumer?.currency !== 'string'
    ? null
    : moneyOf(amount, consumer.currency);
}

function scheduled(price: JsonValue | undefined): number | null {
  const first = isJsonArray(price) ? price[0] : undefined;
  const schedule = isJsonObject(first) ? first.schedule : undefined;
  const step = isJsonArray(schedule) ? schedule[0] : undefined;
  const value = isJsonObject(step) ? step.value_with_tax : undefined;
  return typeof value === 'number' ? value : null;
}
