import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { parentIn } from './family.js';

/** What Amazon demands of a listing: everything, product facts without an offer, an offer on an existing item. */
export type Requirements = 'LISTING' | 'LISTING_PRODUCT_ONLY' | 'LISTING_OFFER_ONLY';

/** Place of an item in a family of variations. */
export type Parentage = 'NONE' | 'CHILD' | 'PARENT';

/** Which of a product type's schemas a listing is checked against. */
export interface SchemaName {
  readonly productType: string;
  readonly requirements: Requirements;
  readonly parentage: Parentage;
}

/**
 * Which requirement set a listing falls under, read from what it contains, in the mapping's short form or in Amazon's.
 * Source: model listingsItems_2021-08-01, `requirements`; verified 2026-11.
 */
export function requirementsOf(attributes: JsonObject): Requirements {
  if (parentageOf(attributes) === 'PARENT') return 'LISTING_PRODUCT_ONLY';
  return attributes.merchant_suggested_asin !== undefined && attributes.item_name === undefined
    ? 'LISTING_OFFER_ONLY'
    : 'LISTING';
}

/** The place in a family that a listing states; none: it stands alone. */
export function parentageOf(attributes: JsonObject): Parentage {
  const level = plain(attributes.parentage_level);
  if (level === 'parent') return 'PARENT';
  return level === 'child' || parentIn(attributes) !== null ? 'CHILD' : 'NONE';
}

function plain(value: JsonValue | undefined): JsonValue | undefined {
  const first = isJsonArray(value) ? value[0] : value;
  return isJsonObject(first) ? first.value : first;
}

/** The name a schema is kept under: `SHIRT/LISTING/CHILD`. */
export function schemaNameOf(productType: string, attributes: JsonObject): string {
  return [productType, requirementsOf(attributes), parentageOf(attributes)].join('/');
}

/** What a name stands for; a bare product type means a whole listing that stands alone. */
export function readSchemaName(name: string): SchemaName {
  const [productType = '', requirements = 'LISTING', parentage = 'NONE'] = name.split('/');
  return { productType, requirements: requirements as Requirements, parentage: parentage as Parentage };
}
