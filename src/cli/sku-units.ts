import { OperatorError } from '../domain/errors.js';
import type { StoreUnits } from '../domain/store-order.js';

/** Reads `SKU=2`; the last `=` counts, for SKUs may hold one. Throws `bad_line`. */
export function skuUnits(text: string): StoreUnits {
  const [, sku, quantity] = /^(.+)=([1-9]\d{0,5})$/.exec(text) ?? [];
  if (sku !== undefined && quantity !== undefined) return { sku, quantity: Number(quantity) };
  throw new OperatorError(
    'bad_line',
    `"${text}" is not a SKU and a quantity`,
    'Write --line SKU=2, once for each line.',
  );
}
