import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { DEFINITIONS, type Definition } from './attribute-definitions.js';

/** Product types of the simulated store, with what each asks for besides what every listing needs. */
export const PRODUCT_TYPES: Readonly<Record<string, readonly string[]>> = {
  SHIRT: ['color', 'size'],
  SWEATSHIRT: ['color', 'size'],
  COAT: ['color', 'size'],
  PANTS: ['color', 'size'],
  SHORTS: ['color', 'size'],
  HEADPHONES: [],
  SPEAKERS: [],
  LUGGAGE: [],
  BACKPACK: [],
  WATCH: [],
  LAMP: [],
  PRODUCT: [],
};

const OFFER = ['condition_type', 'purchasable_offer', 'fulfillment_availability'];
const FACTS = ['item_name', 'brand', 'product_description', 'bullet_point'];
const NAMES = 'https://schemas.amazon.com/selling-partners/definitions/product-types';

/** What a listing of a type cannot do without, by requirement set. */
export function requiredBy(productType: string, requirements: string): readonly string[] {
  if (requirements === 'LISTING_OFFER_ONLY') return ['merchant_suggested_asin', ...OFFER];
  if (requirements === 'LISTING_PRODUCT_ONLY') return ['item_name', 'brand'];
  return [...FACTS, ...OFFER, 'main_product_image_locator', ...(PRODUCT_TYPES[productType] ?? [])];
}

/** The schema of a product type in Amazon's dialect, as bytes with the checksum Amazon states beside the link. */
export function definitionDocument(
  productType: string,
  requirements: string,
  parentage: string,
): { readonly bytes: Buffer; readonly checksum: string } {
  const required = [...requiredBy(productType, requirements), ...familyFacts(parentage)];
  const document: JsonObject = {
    $schema: `${NAMES}/meta-schema/v1`,
    $id: `${NAMES}/schema/v1/${productType}`,
    $comment: 'Simulated: the shape of a definition with a small part of its attributes.',
    $defs: SELECTORS,
    type: 'object',
    required: [...new Set(required)].sort(),
    properties: Object.fromEntries(
      Object.entries(DEFINITIONS).map(([name, definition]) => [name, attributeSchema(definition)]),
    ),
    additionalProperties: false,
    allOf: requirements === 'LISTING' && parentage !== 'PARENT' ? [IDENTIFIED] : [],
    anyOf: [],
  };
  const bytes = Buffer.from(JSON.stringify(document));
  return { bytes, checksum: createHash('md5').update(bytes).digest('base64') };
}

function familyFacts(parentage: string): readonly string[] {
  if (parentage === 'PARENT') return ['parentage_level', 'variation_theme'];
  return parentage === 'CHILD' ? ['parentage_level', 'variation_theme', 'child_parent_sku_relationship'] : [];
}

/** One of these says which product it is. */
const IDENTIFIED: JsonObject = {
  anyOf: [
    'externally_assigned_product_identifier',
    'merchant_suggested_asin',
    'supplier_declared_has_product_identifier_exemption',
  ].map((name) => ({ required: [name] })),
};

/** Formally any text; the values beside it are the ones the store takes. */
const SELECTORS: JsonObject = {
  marketplace_id: selector(ACCOUNT.marketplaceId, ACCOUNT.marketplaceName),
  language_tag: selector(ACCOUNT.language, 'English (United States)'),
};

function selector(value: string, label: string): JsonObject {
  return {
    default: value,
    editable: false,
    hidden: true,
    type: 'string',
    anyOf: [{ type: 'string' }, { type: 'string', enum: [value], enumNames: [label] }],
  };
}

function attributeSchema({ title, members, selectors, most }: Definition): JsonObject {
  const entries = Object.entries(members);
  return {
    title,
    type: 'array',
    minItems: 1,
    minUniqueItems: 1,
    maxUniqueItems: most,
    selectors,
    items: {
      type: 'object',
      required: entries.flatMap(([name]) => (name.startsWith('?') ? [] : [name])),
      properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
      additionalProperties: false,
    },
  };
}
