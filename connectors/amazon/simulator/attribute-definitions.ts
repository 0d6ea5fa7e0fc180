import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';

type Check = (value: JsonValue) => string | null;
/** How an attribute must look. */
export interface Definition {
  /** Members an instance may have and how each must look; a `?` in front: may be missing. */
  readonly members: Readonly<Record<string, Check>>;
  readonly most: number;
}

const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.trim() !== '' && [...value].length <= most
      ? null
      : `must be text of at most ${most} characters`;
const exactly =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value) ? null : `must be one of ${allowed.join(', ')}`;
const pattern =
  (form: RegExp, what: string): Check =>
  (value) =>
    typeof value === 'string' && form.test(value) ? null : `must be ${what}`;
const yesNo: Check = (value) => (typeof value === 'boolean' ? null : 'must be true or false');
const whole =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? null
      : `must be a whole number from ${least} to ${most}`;
const amount: Check = (value) =>
  typeof value === 'number' && value > 0 && /^\d+(\.\d{1,2})?$/.test(String(value))
    ? null
    : 'must be a positive number with at most two decimals';
const positive: Check = (value) =>
  typeof value === 'number' && value > 0 ? null : 'must be a positive number';
const store = exactly(ACCOUNT.marketplaceId);
const language = pattern(/^[a-z]{2}_[A-Z]{2}$/, 'a language tag such as en_US');
const address = pattern(/^https?:\/\/\S+$/, 'a web address');
const when = pattern(
  /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/,
  'a date or date-time',
);

const words = (most: number, count = 1): Definition => ({
  members: { value: text(most), language_tag: language, marketplace_id: store },
  most: count,
});
const fact = (value: Check): Definition => ({ members: { value, marketplace_id: store }, most: 1 });
const image: Definition = { members: { media_location: address, marketplace_id: store }, most: 1 };
const weight: Definition = {
  members: {
    value: positive,
    unit: exactly('grams', 'kilograms', 'ounces', 'pounds'),
    marketplace_id: store,
  },
  most: 1,
};
const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isJsonObject(value) ? instanceProblem(value, members) : 'must be an object';
const scheduled =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    list(object({ schedule: list(object(members)) }))(value);
const list =
  (each: Check): Check =>
  (value) => {
    if (!isJsonArray(value) || value.length === 0) return 'must be a list that is not empty';
    return value.map(each).find((problem) => problem !== null) ?? null;
  };
const lengthOf = object({
  value: positive,
  unit: exactly('millimeters', 'centimeters', 'meters', 'inches', 'feet'),
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

/** Every attribute the simulator knows, written down from the documents independently of the client. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
  ...Object.fromEntries(Object.entries(TEXTS).map(([name, [most, count]]) => [name, words(most, count)])),
  externally_assigned_product_identifier: {
    members: {
      type: exactly('ean', 'gtin', 'upc', 'isbn'),
      value: pattern(/^(\d{8}|\d{12,14})$/, 'a GTIN'),
      marketplace_id: store,
    },
    most: 1,
  },
  supplier_declared_has_product_identifier_exemption: fact(yesNo),
  merchant_suggested_asin: fact(pattern(/^[A-Z0-9]{10}$/, 'an ASIN')),
  condition_type: fact(pattern(/^(new|used|refurbished|collectible|club)_[a-z_]+$/, 'a condition')),
  country_of_origin: fact(pattern(/^[A-Z]{2}$/, 'a country code')),
  supplier_declared_dg_hz_regulation: fact(
    exactly('ghs', 'not_applicable', 'other', 'storage', 'transportation', 'unknown', 'waste'),
  ),
  number_of_items: fact(whole(1, 100_000)),
  batteries_required: fact(yesNo),
  product_tax_code: fact(text(50)),
  merchant_shipping_group: fact(text(100)),
  max_order_quantity: fact(whole(1, 100_000)),
  skip_offer: fact(yesNo),
  item_weight: weight,
  item_package_weight: weight,
  item_package_dimensions: {
    members: { length: lengthOf, width: lengthOf, height: lengthOf, marketplace_id: store },
    most: 1,
  },
  list_price: {
    members: {
      '?value': amount,
      '?value_with_tax': amount,
      currency: exactly(ACCOUNT.currency),
      marketplace_id: store,
    },
    most: 1,
  },
  purchasable_offer: {
    members: {
      marketplace_id: store,
      currency: exactly(ACCOUNT.currency),
      '?audience': exactly('ALL', 'B2B'),
      our_price: scheduled({ value_with_tax: amount }),
      '?discounted_price': scheduled({ value_with_tax: amount, start_at: when, end_at: when }),
      '?minimum_seller_allowed_price': scheduled({ value_with_tax: amount }),
      '?maximum_seller_allowed_price': scheduled({ value_with_tax: amount }),
      '?start_at': object({ value: when }),
      '?end_at': object({ value: when }),
    },
    most: 1,
  },
  // No marketplace_id: the definition closes the instance without it.
  fulfillment_availability: {
    members: {
      fulfillment_channel_code: pattern(/^(DEFAULT|AMAZON_[A-Z]{2})$/, 'a channel code'),
      '?quantity': whole(0, 2_000_000_000),
      '?lead_time_to_ship_max_days': whole(0, 30),
      '?restock_date': when,
      '?is_inventory_available': yesNo,
    },
    most: 2,
  },
  main_product_image_locator: image,
  swatch_product_image_locator: image,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`other_product_image_locator_${n}`, image])),
  parentage_level: fact(exactly('child', 'parent')),
  variation_theme: { members: { name: text(100), marketplace_id: store }, most: 1 },
  child_parent_sku_relationship: {
    members: {
      child_relationship_type: exactly('variation'),
      parent_sku: text(40),
      marketplace_id: store,
    },
    most: 1,
  },
};

/** What is wrong with one instance: unknown, missing or ill-formed members. */
export function instanceProblem(
  instance: JsonObject,
  members: Readonly<Record<string, Check>>,
): string | null {
  for (const name of Object.keys(instance)) {
    if (!Object.hasOwn(members, name) && !Object.hasOwn(members, `?${name}`))
      return `has the unknown member '${name}'`;
  }
  for (const [key, check] of Object.entries(members)) {
    const name = key.replace('?', '');
    const value = instance[name];
    if (value === undefined) {
      if (key.startsWith('?')) continue;
      return `lacks the member '${name}'`;
    }
    const problem = check(value);
    if (problem) return `${name} ${problem}`;
  }
  return null;
}
