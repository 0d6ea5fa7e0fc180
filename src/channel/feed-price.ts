import type { JsonObject } from '../domain/json.js';
import { type Money, readMoneyText } from '../domain/money.js';

/** What a buyer pays under a listing that writes `price` and `sale_price` as `19.99 EUR`: the sale price where there is one. */
export function feedPrice(attributes: JsonObject): Money | null {
  const { price, sale_price: sale } = attributes;
  const text = typeof sale === 'string' ? sale : price;
  return typeof text === 'string' ? readMoneyText(text) : null;
}

/** The price without a sale under the same listing. */
export function feedRegularPrice(attributes: JsonObject): Money | null {
  const { price } = attributes;
  return typeof price === 'string' ? readMoneyText(price) : null;
}
