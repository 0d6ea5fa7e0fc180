import type { JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';

/** An attribute as the simulated definitions describe it, written down from the documents independently of the client. */
export interface Definition {
  readonly title: string;
  /** JSON Schema of each member; a `?` in front: may be missing. Selectors are among them. */
  readonly members: Readonly<Record<string, JsonObject>>;
  readonly selectors: readonly string[];
  /** Most instances with the same selectors. */
  readonly most: number;
}

const text = (most: number, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength: 1,
  maxLength: most,
  maxUtf8ByteLength: most * 3,
  ...more,
});
const exactly = (...values: readonly string[]): JsonObject => ({
  type: 'string',
  enum: values,
  enumNames: values.map((value) => value.replaceAll('_', ' ')),
});
const matching = (pattern: string): JsonObject => ({ type: 'string', pattern });
const yesNo: JsonObject = { type: 'boolean', enum: [true, false], enumNames: ['Yes', 'No'] };
const whole = (minimum: number, maximum: number): JsonObject => ({ type: 'integer', minimum, maximum });
const amount: JsonObject = { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 };
const positive: JsonObject = { type: 'number', exclusiveMinimum: 0 };
const when = matching('^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d))?$');
const store: JsonObject = { $ref: '#/$defs/marketplace_id' };
const language: JsonObject = { $ref: '#/$defs/language_tag' };

const object = (members: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: 'object',
  required: Object.keys(members).filter((name) => !name.startsWith('?')),
  properties: Object.fromEntries(
    Object.entries(members).map(([name, schema]) => [name.replace('?', ''), schema]),
  ),
  additionalProperties: false,
});
const listOf = (items: JsonObject): JsonObject => ({ type: 'array', minItems: 1, items });
const scheduled = (members: Readonly<Record<string, JsonObject>>): JsonObject =>
  listOf(object({ schedule: listOf(object(members)) }));
const lengthOf = object({
  value: positive,
  unit: exactly('millimeters', 'centimeters', 'meters', 'inches', 'feet'),
});

const titled = (name: string): string => name.replaceAll('_', ' ');
const words = (name: string, most: number, count = 1): Definition => ({
  title: titled(name),
  members: { value: text(most), language_tag: language, '?marketplace_id': store },
  selectors: ['marketplace_id', 'language_tag'],
  most: count,
});
const fact = (title: string, value: JsonObject): Definition => ({
  title,
  members: { value, '?marketplace_id': store },
  selectors: ['marketplace_id'],
  most: 1,
});
const instance = (
  title: string,
  members: Definition['members'],
  selectors: readonly string[] = ['marketplace_id'],
  most = 1,
): Definition => ({ title, members, selectors, most });
const image = (title: string): Definition =>
  instance(title, { media_location: matching('^https?://\\S+$'), '?marketplace_id': store });
const weight = (title: string): Definition =>
  instance(title, {
    value: positive,
    unit: exactly('grams', 'kilograms', 'ounces', 'pounds'),
    '?marketplace_id': store,
  });

const TEXTS: Readonly<Record<string, readonly [most: number, count?: number]>> = {
  item_name: [200],
  brand: [100],
  manufacturer: [100],
  bullet_point: [500, 10],
  product_description: [2_000],
  generic_keyword: [250],
  condition_note: [2_000],
  color: [100],
  size: [100],
  style: [100],
  material: [150, 3],
  department: [100, 3],
  model_name: [150],
  model_number: [100],
  part_number: [40],
  item_type_keyword: [200],
  care_instructions: [300, 5],
  fabric_type: [500],
  included_components: [500, 5],
  warranty_description: [1_000],
};

/** Every attribute the simulator knows. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
  ...Object.fromEntries(
    Object.entries(TEXTS).map(([name, [most, count]]) => [name, words(name, most, count)]),
  ),
  externally_assigned_product_identifier: instance(
    'external product id',
    {
      type: exactly('ean', 'gtin', 'upc', 'isbn'),
      value: matching('^(\\d{8}|\\d{12,14})$'),
      '?marketplace_id': store,
    },
    ['marketplace_id', 'type'],
  ),
  supplier_declared_has_product_identifier_exemption: fact('identifier exemption', yesNo),
  merchant_suggested_asin: fact('suggested ASIN', matching('^[A-Z0-9]{10}$')),
  condition_type: fact('condition', matching('^(new|used|refurbished|collectible|club)_[a-z_]+$')),
  country_of_origin: fact('country of origin', matching('^[A-Z]{2}$')),
  supplier_declared_dg_hz_regulation: fact(
    'dangerous goods regulation',
    exactly('ghs', 'not_applicable', 'other', 'storage', 'transportation', 'unknown', 'waste'),
  ),
  number_of_items: fact('number of items', whole(1, 100_000)),
  batteries_required: fact('batteries required', yesNo),
  product_tax_code: fact('tax code', text(50)),
  merchant_shipping_group: fact('shipping template', text(100)),
  max_order_quantity: fact('most units per order', whole(1, 100_000)),
  skip_offer: fact('skip offer', yesNo),
  item_weight: weight('item weight'),
  item_package_weight: weight('package weight'),
  item_package_dimensions: instance('package dimensions', {
    length: lengthOf,
    width: lengthOf,
    height: lengthOf,
    '?marketplace_id': store,
  }),
  list_price: instance(
    'list price',
    {
      '?value': amount,
      '?value_with_tax': amount,
      currency: exactly(ACCOUNT.currency),
      '?marketplace_id': store,
    },
    ['marketplace_id', 'currency'],
  ),
  purchasable_offer: instance(
    'offer',
    {
      '?marketplace_id': store,
      currency: exactly(ACCOUNT.currency),
      '?audience': exactly('ALL', 'B2B'),
      our_price: scheduled({ value_with_tax: amount }),
      '?discounted_price': scheduled({ value_with_tax: amount, start_at: when, end_at: when }),
      '?minimum_seller_allowed_price': scheduled({ value_with_tax: amount }),
      '?maximum_seller_allowed_price': scheduled({ value_with_tax: amount }),
      '?automated_pricing_merchandising_rule_plan': listOf({ type: 'object' }),
      '?map_price': scheduled({ value_with_tax: amount }),
      '?quantity_discount_plan': scheduled({
        discount_type: exactly('fixed', 'percent'),
        levels: { ...listOf(object({ lower_bound: whole(2, 1_000_000), value: amount })), maxItems: 5 },
      }),
      '?start_at': object({ value: when }),
      '?end_at': object({ value: when }),
    },
    ['marketplace_id', 'currency', 'audience'],
  ),
  // No marketplace_id: the definition closes the instance without it.
  fulfillment_availability: instance(
    'fulfillment availability',
    {
      fulfillment_channel_code: matching(`^(DEFAULT|AMAZON_[A-Z]{2}|${ACCOUNT.location})$`),
      '?quantity': whole(0, 2_000_000_000),
      '?lead_time_to_ship_max_days': whole(0, 30),
      '?restock_date': when,
      '?is_inventory_available': yesNo,
    },
    ['fulfillment_channel_code'],
  ),
  main_product_image_locator: image('main image'),
  swatch_product_image_locator: image('swatch image'),
  main_offer_image_locator: image('main image of the offer'),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((n) => [`other_offer_image_locator_${n}`, image(`image ${n} of the offer`)]),
  ),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`other_product_image_locator_${n}`, image(`image ${n + 1}`)]),
  ),
  parentage_level: fact('parentage level', exactly('child', 'parent')),
  variation_theme: instance('variation theme', {
    name: exactly('COLOR', 'SIZE', 'SIZE/COLOR'),
    '?marketplace_id': store,
  }),
  child_parent_sku_relationship: instance('parent of the family', {
    child_relationship_type: exactly('variation'),
    parent_sku: text(40),
    '?marketplace_id': store,
  }),
};
