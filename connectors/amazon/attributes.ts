import type { JsonObject } from '../../src/domain/json.js';

/**
 * One attribute of a listing. On the wire every attribute is an array of instances; an instance is an object of `members`
 * plus the `selectors` that tell instances apart.
 */
export interface AttributeRow {
  readonly name: string;
  readonly title: string;
  readonly group: 'product' | 'offer' | 'picture' | 'family';
  readonly selectors: readonly Selector[];
  /** JSON Schema of each member, selectors left out. */
  readonly members: Readonly<Record<string, JsonObject>>;
  /** Members an instance must have, besides selectors. */
  readonly required: readonly string[];
  /** Most instances per combination of selectors. */
  readonly maxItems: number;
  /** Most bytes of UTF-8 in `value`, where Amazon counts bytes too. */
  readonly maxBytes?: number;
}

/** Members that tell instances of an attribute apart and are filled in by `shape`. */
export type Selector = 'marketplace_id' | 'language_tag' | 'currency' | 'audience';

/** Where the table comes from. */
export const ATTRIBUTES_SOURCE = {
  source:
    'Product type definitions read for the US store 2025/2026 and developer-docs.amazon/sp-api (Product Type Definitions, Listings Items)',
  verified: '2026-11',
} as const;

const price: JsonObject = { type: 'number', exclusiveMinimum: 0 };
const instant: JsonObject = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2}))?$',
};
const amountOf = (members: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['schedule'],
    properties: {
      schedule: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: Object.keys(members),
          properties: members,
        },
      },
    },
  },
});
const moment: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['value'],
  properties: { value: instant },
};
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

/** A text in the store's language. */
function words(
  name: string,
  title: string,
  maxLength: number,
  more: Partial<AttributeRow> = {},
): AttributeRow {
  return {
    name,
    title,
    group: 'product',
    selectors: ['marketplace_id', 'language_tag'],
    members: { value: { type: 'string', minLength: 1, maxLength } },
    required: ['value'],
    maxItems: 1,
    ...more,
  };
}

/** One value that has no language. */
function fact(
  name: string,
  title: string,
  value: JsonObject,
  more: Partial<AttributeRow> = {},
): AttributeRow {
  return {
    name,
    title,
    group: 'product',
    selectors: ['marketplace_id'],
    members: { value },
    required: ['value'],
    maxItems: 1,
    ...more,
  };
}

function picture(name: string, title: string): AttributeRow {
  return {
    name,
    title,
    group: 'picture',
    selectors: ['marketplace_id'],
    members: { media_location: { type: 'string', pattern: '^https?://[^\\s]+$', maxLength: 2_000 } },
    required: ['media_location'],
    maxItems: 1,
  };
}

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

const OFFER: readonly AttributeRow[] = [
  fact('list_price', 'List price', price, {
    group: 'offer',
    selectors: ['marketplace_id', 'currency'],
    members: { value: price, value_with_tax: price },
    required: [],
  }),
  {
    name: 'purchasable_offer',
    title: 'Price',
    group: 'offer',
    selectors: ['marketplace_id', 'currency', 'audience'],
    members: {
      our_price: amountOf({ value_with_tax: price }),
      discounted_price: amountOf({ value_with_tax: price, start_at: instant, end_at: instant }),
      minimum_seller_allowed_price: amountOf({ value_with_tax: price }),
      maximum_seller_allowed_price: amountOf({ value_with_tax: price }),
      start_at: moment,
      end_at: moment,
    },
    required: ['our_price'],
    maxItems: 1,
  },
  {
    name: 'fulfillment_availability',
    title: 'Stock',
    group: 'offer',
    // Has no marketplace_id, although reads return one: the definition forbids it.
    selectors: [],
    members: {
      fulfillment_channel_code: { type: 'string', pattern: '^(DEFAULT|AMAZON_[A-Z]{2})$' },
      quantity: { type: 'integer', minimum: 0 },
      lead_time_to_ship_max_days: { type: 'integer', minimum: 0, maximum: 30 },
      restock_date: instant,
      is_inventory_available: { type: 'boolean' },
    },
    required: ['fulfillment_channel_code'],
    maxItems: 2,
  },
  fact('merchant_shipping_group', 'Shipping template (its key, not its name)', {
    type: 'string',
    minLength: 1,
  }),
  fact('max_order_quantity', 'Most units per order', { type: 'integer', minimum: 1 }),
  fact('skip_offer', 'Item without an offer', { type: 'boolean' }),
];

const PICTURES: readonly AttributeRow[] = [
  picture('main_product_image_locator', 'Main picture'),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => picture(`other_product_image_locator_${n}`, `Picture ${n + 1}`)),
  picture('swatch_product_image_locator', 'Colour swatch'),
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
