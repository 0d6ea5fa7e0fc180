import type { JsonObject } from '../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME } from './attributes.js';
import type { AmazonSettings } from './settings.js';

/** Product facts that belong to an offer. */
const OF_THE_OFFER: ReadonlySet<string> = new Set([
  'merchant_suggested_asin',
  'condition_type',
  'condition_note',
  'product_tax_code',
]);

/**
 * A listing that names the item it is an offer of leaves the facts of the item to whoever described it, unless the settings say that
 * we contribute: in the mapping's short form and in Amazon's. Pure.
 */
export function offerOnItem(
  attributes: JsonObject,
  { existingItems }: Pick<AmazonSettings, 'existingItems'>,
): JsonObject {
  const named = attributes.merchant_suggested_asin ?? null;
  if (named === null || named === '' || existingItems === 'contribute') return attributes;
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => OF_THE_OFFER.has(name) || (ATTRIBUTE_BY_NAME.get(name)?.group ?? 'offer') === 'offer',
    ),
  );
}
