import type { JsonObject } from '../../src/domain/json.js';
import type { AttributeRow, Selector } from './attribute-row.js';
import { ATTRIBUTES } from './attributes.js';
import { PARENT } from './family.js';
import { GENERIC, requiredOf } from './product-types.js';
import { readSchemaName } from './requirement-set.js';
import { type AmazonSettings, languageTagOf, storeCurrency } from './settings.js';
import { storeOf } from './stores.js';

/** What a new item needs from the merchant. */
const PRODUCT_FACTS = ['item_name', 'brand', 'product_description', 'bullet_point'] as const;
/** What an offer needs. */
const OFFER_FACTS = ['condition_type', 'purchasable_offer', 'fulfillment_availability'] as const;
/** One of these says which product it is. */
const IDENTITY = [
  'externally_assigned_product_identifier',
  'merchant_suggested_asin',
  'supplier_declared_has_product_identifier_exemption',
] as const;

/**
 * The schema of a listing of one product type, in the structure of Amazon's definitions: arrays of instances, selectors with
 * defaults in `$defs`, closed instances. Definitions fetched from the channel have the same structure, so that `shape`
 * reads both.
 */
export function amazonListingSchema(settings: AmazonSettings, kind: string | null): JsonObject {
  const type = kind === null ? GENERIC : readSchemaName(kind).productType;
  return {
    $defs: selectorsOf(settings),
    type: 'object',
    properties: {
      product_type: PRODUCT_TYPE,
      [PARENT]: PARENT_SCHEMA,
      ...Object.fromEntries(ATTRIBUTES.map((row) => [row.name, attributeSchema(row, settings)])),
    },
    additionalProperties: false,
    allOf: [
      {
        if: holds('parentage_level', 'parent'),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          required: ['item_name', 'brand', 'variation_theme'],
          properties: { purchasable_offer: false, fulfillment_availability: false },
        },
        else: sellable(type),
      },
      {
        if: holds('parentage_level', 'child'),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['variation_theme', 'child_parent_sku_relationship'] },
      },
    ],
  };
}

/** An offer on an existing ASIN needs no product facts; everything else does. */
function sellable(type: string): JsonObject {
  return {
    if: { type: 'object', required: ['merchant_suggested_asin'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: OFFER_FACTS },
    else: {
      required: [...PRODUCT_FACTS, ...OFFER_FACTS, 'main_product_image_locator', ...requiredOf(type)],
      anyOf: IDENTITY.map((name) => ({ type: 'object', required: [name] })),
    },
  };
}

function holds(attribute: string, value: string): JsonObject {
  return {
    type: 'object',
    required: [attribute],
    properties: {
      [attribute]: {
        type: 'array',
        contains: { type: 'object', required: ['value'], properties: { value: { const: value } } },
      },
    },
  };
}

/** Named by the mapping and taken out before a listing is sent. */
const PRODUCT_TYPE: JsonObject = { title: 'Product type', type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' };

/** Named by the mapping and turned into the three attributes of a child; what it holds besides the SKU becomes the parent's. */
const PARENT_SCHEMA: JsonObject = {
  title: 'Parent of the variation family',
  type: 'object',
  required: ['sku'],
  properties: {
    sku: { type: 'string', minLength: 1, maxLength: 40 },
    item_name: { type: 'string', minLength: 1, maxLength: 200 },
    main_product_image_locator: { type: 'string' },
  },
};

function attributeSchema(row: AttributeRow, settings: AmazonSettings): JsonObject {
  const selectors = Object.fromEntries(row.selectors.map((name) => [name, { $ref: `#/$defs/${name}` }]));
  const members = row.name === 'list_price' ? listPrice(row, settings) : row.members;
  const required = row.name === 'list_price' ? Object.keys(members) : row.required;
  return {
    title: row.title,
    type: 'array',
    minItems: 1,
    maxUniqueItems: row.maxItems,
    selectors: row.selectors,
    items: {
      type: 'object',
      additionalProperties: false,
      required: [...required, ...row.selectors],
      properties: { ...withBytes(members, row.maxBytes), ...selectors },
    },
  };
}

/** The US store states list prices without tax, the others with tax (definitions read in 2025/2026; verified 2026-11). */
function listPrice(row: AttributeRow, settings: AmazonSettings): AttributeRow['members'] {
  const name = storeOf(settings.marketplaceId)?.country === 'US' ? 'value' : 'value_with_tax';
  const member = row.members[name];
  return member === undefined ? row.members : { [name]: member };
}

function withBytes(members: AttributeRow['members'], maxBytes: number | undefined): AttributeRow['members'] {
  const { value } = members;
  if (maxBytes === undefined || value === undefined) return members;
  return { ...members, value: { ...value, maxUtf8ByteLength: maxBytes } };
}

function selectorsOf(settings: AmazonSettings): Record<Selector, JsonObject> {
  const currency = storeCurrency(settings);
  return {
    marketplace_id: { type: 'string', default: settings.marketplaceId, enum: [settings.marketplaceId] },
    language_tag: { type: 'string', default: languageTagOf(settings), pattern: '^[a-z]{2}_[A-Z]{2}$' },
    currency:
      currency === null
        ? { type: 'string', pattern: '^[A-Z]{3}$' }
        : { type: 'string', default: currency, enum: [currency] },
    audience: { type: 'string', default: 'ALL', enum: ['ALL', 'B2B'] },
  };
}
