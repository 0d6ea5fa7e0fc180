import type { JsonObject } from '../../src/domain/json.js';
import { type AttributeRow, fact, picture, price, words } from './attribute-row.js';
import { OFFER } from './offer-attributes.js';

/** Where the table comes from. */
export const ATTRIBUTES_SOURCE = {
  source:
    'Product type definitions read for the US store 2025/2026 and developer-docs.amazon/sp-api (Product Type Definitions, Listings Items)',
  verified: '2026-11',
} as const;

const weightUnit: JsonObject = { type: 'string', enum: ['grams', 'kilograms', 'ounces', 'pounds'] };
const lengthUnit: JsonObject = {
  type: 'string',
  enum: ['millimeters', 'centimeters', 'meters', 'inches', 'feet'],
};
const length: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['value', 'unit'],
  properties: { value: price, unit: lengthUnit },
};

const PRODUCT: readonly AttributeRow[] = [
  words('item_name', 'Title', 200, { maxBytes: 600 }),
  words('brand', 'Brand', 100),
  words('manufacturer', 'Manufacturer', 100),
  words('bullet_point', 'Bullet points', 500, { maxItems: 10, maxBytes: 2_000 }),
  words('product_description', 'Description', 2_000, { maxBytes: 8_000 }),
  words('generic_keyword', 'Search words', 250, { maxBytes: 249 }),
  {
    name: 'externally_assigned_product_identifier',
    title: 'GTIN, EAN or UPC',
    group: 'product',
    selectors: ['marketplace_id'],
    members: {
      type: { type: 'string', enum: ['ean', 'gtin', 'upc', 'isbn'] },
      value: { type: 'string', pattern: '^(\\d{8}|\\d{12,14})$' },
    },
    required: ['type', 'value'],
    maxItems: 1,
  },
  fact('supplier_declared_has_product_identifier_exemption', 'GTIN exemption', { type: 'boolean' }),
  fact('merchant_suggested_asin', 'ASIN the offer belongs to', {
    type: 'string',
    pattern: '^[A-Z0-9]{10}$',
  }),
  fact('condition_type', 'Condition', {
    type: 'string',
    enum: [
      'new_new',
      'new_open_box',
      'new_oem',
      'refurbished_refurbished',
      'used_like_new',
      'used_very_good',
      'used_good',
      'used_acceptable',
      'collectible_like_new',
      'collectible_very_good',
      'collectible_good',
      'collectible_acceptable',
      'club_club',
    ],
  }),
  words('condition_note', 'Condition note', 2_000),
  fact('country_of_origin', 'Country of origin', { type: 'string', pattern: '^[A-Z]{2}$' }),
  fact('supplier_declared_dg_hz_regulation', 'Dangerous goods regulation', {
    type: 'string',
    enum: ['ghs', 'not_applicable', 'other', 'storage', 'transportation', 'unknown', 'waste'],
  }),
  words('color', 'Colour', 100),
  words('size', 'Size', 100),
  words('style', 'Style', 100),
  words('material', 'Material', 150, { maxItems: 3 }),
  words('department', 'Department', 100, { maxItems: 3 }),
  words('model_name', 'Model name', 150),
  words('model_number', 'Model number', 100),
  words('part_number', 'Manufacturer part number', 40),
  words('item_type_keyword', 'Browse keyword', 200),
  words('care_instructions', 'Care', 300, { maxItems: 5 }),
  words('fabric_type', 'Fabric', 500),
  words('included_components', 'In the box', 500, { maxItems: 5 }),
  words('warranty_description', 'Warranty', 1_000),
  fact('number_of_items', 'Number of items', { type: 'integer', minimum: 1 }),
  fact('batteries_required', 'Needs batteries', { type: 'boolean' }),
  fact('product_tax_code', 'Tax code', { type: 'string', minLength: 1, maxLength: 50 }),
  fact('item_weight', 'Weight', price, {
    members: { value: price, unit: weightUnit },
    required: ['value', 'unit'],
  }),
  fact('item_package_weight', 'Weight with packing', price, {
    members: { value: price, unit: weightUnit },
    required: ['value', 'unit'],
  }),
  fact('item_package_dimensions', 'Size with packing', length, {
    members: { length, width: length, height: length },
    required: ['length', 'width', 'height'],
  }),
];

const PICTURES: readonly AttributeRow[] = [
  picture('main_product_image_locator', 'Main picture'),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => picture(`other_product_image_locator_${n}`, `Picture ${n + 1}`)),
  picture('swatch_product_image_locator', 'Colour swatch'),
  picture('main_offer_image_locator', 'Main picture of used goods themselves'),
  ...[1, 2, 3, 4, 5].map((n) => picture(`other_offer_image_locator_${n}`, `Picture ${n + 1} of used goods`)),
];

const FAMILY: readonly AttributeRow[] = [
  fact(
    'parentage_level',
    'Place in the family',
    { type: 'string', enum: ['child', 'parent'] },
    { group: 'family' },
  ),
  fact(
    'variation_theme',
    'What the family varies by',
    {},
    {
      group: 'family',
      members: { name: { type: 'string', minLength: 1, maxLength: 100 } },
      required: ['name'],
    },
  ),
  fact(
    'child_parent_sku_relationship',
    'Parent of the family',
    {},
    {
      group: 'family',
      members: {
        child_relationship_type: { type: 'string', enum: ['variation'] },
        parent_sku: { type: 'string', minLength: 1, maxLength: 40 },
      },
      required: ['child_relationship_type', 'parent_sku'],
    },
  ),
];

/** Every attribute we know. Feeds the listing schema, the audit, the reading back and the README. */
export const ATTRIBUTES: readonly AttributeRow[] = [...PRODUCT, ...OFFER, ...PICTURES, ...FAMILY];

/** The same by name. */
export const ATTRIBUTE_BY_NAME: ReadonlyMap<string, AttributeRow> = new Map(
  ATTRIBUTES.map((row) => [row.name, row]),
);

/** Attributes that may be sent alone, by patch. */
export const OFFER_ATTRIBUTES = ['purchasable_offer', 'fulfillment_availability', 'list_price'] as const;

/** Attributes that say where a listing stands in a family; sent only when that changes. */
export const FAMILY_ATTRIBUTES = [
  'parentage_level',
  'variation_theme',
  'child_parent_sku_relationship',
] as const;
