import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import type { Finding } from './catalog-state.js';

/** What the catalog finds in one record. */
export interface Findings {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

type Check = (value: JsonValue) => string | null;

const asText =
  (longest: number): Check =>
  (value) => {
    if (typeof value !== 'string') return 'must be text';
    return [...value].length > longest ? `is longer than ${longest} characters` : null;
  };
const asOneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : `is not one of ${words.join(', ')}`;
const asNumber =
  (low: number, high: number, whole: boolean): Check =>
  (value) =>
    typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value))
      ? null
      : `must be a number from ${low} to ${high}`;
const matching =
  (pattern: RegExp, form: string): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? null : `does not have the form ${form}`;
const asListOf =
  (check: Check, most: number): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length > most) return `has more than ${most} entries`;
    for (const entry of value as readonly JsonValue[]) {
      const fault = check(entry);
      if (fault !== null) return `has an entry that ${fault}`;
    }
    return null;
  };
const withMembers =
  (needed: readonly string[], allowed: readonly string[]): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
    const names = Object.keys(value);
    const missing = needed.find((name) => !names.includes(name));
    const strange = names.find((name) => !needed.includes(name) && !allowed.includes(name));
    if (missing !== undefined) return `lacks ${missing}`;
    return strange === undefined ? null : `has an unknown member ${strange}`;
  };

const anUrl: Check = (value) => {
  if (typeof value !== 'string' || readUrl(value) === null) return 'is no web address';
  const { protocol, username } = new URL(value);
  return (protocol === 'https:' || protocol === 'http:') && username === '' ? null : 'is no web address';
};
const moment = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?(?:Z|[+-]\\d{2}:\\d{2})';
const anAmount: Check = (value) => {
  const form = typeof value === 'string' ? /^(\d+)(?:\.(\d{1,3}))? ([A-Z]{3})$/.exec(value) : null;
  if (!form) return 'does not have the form 9.99 USD';
  if (/^(JPY|KRW|CLP|VND|ISK)$/.test(form[3] ?? '') && form[2] !== undefined)
    return 'has decimals its currency lacks';
  return /[1-9]/.test(value as string) ? null : 'is not positive';
};

/** The catalog's fields by the documents of 2026-11, read independently of the client's table. */
const FIELDS: Readonly<Record<string, Check>> = {
  title: asText(150),
  description: asText(5_000),
  rich_text_description: asText(9_999),
  availability: asOneOf('in stock', 'out of stock', 'available for order', 'preorder', 'discontinued'),
  condition: asOneOf(
    ...['new', 'refurbished', 'used', 'used_like_new', 'used_good', 'used_fair', 'cpo', 'open_box_new'],
  ),
  price: anAmount,
  sale_price: anAmount,
  sale_price_effective_date: matching(new RegExp(`^${moment}/${moment}$`), 'start/end'),
  link: anUrl,
  mobile_link: anUrl,
  checkout_url: anUrl,
  image_link: anUrl,
  additional_image_link: asListOf(anUrl, 20),
  image: asListOf(withMembers(['url'], ['tag']), 21),
  video: asListOf(withMembers(['url'], ['tag']), 20),
  brand: asText(100),
  gtin: matching(/^(\d{8}|\d{12}|\d{13}|\d{14})$/, 'of a GTIN'),
  mpn: asText(100),
  google_product_category: asText(250),
  fb_product_category: asText(250),
  product_type: asText(750),
  quantity_to_sell_on_facebook: asNumber(0, 4_294_967_295, true),
  item_group_id: asText(100),
  previous_id: asText(100),
  color: asText(100),
  size: asText(200),
  gender: asOneOf('female', 'male', 'unisex'),
  age_group: asOneOf('newborn', 'infant', 'toddler', 'kids', 'teen', 'adult', 'all ages'),
  material: asText(200),
  pattern: asText(100),
  additional_variant_attribute: asListOf(withMembers(['variant_label', 'variant_value'], []), 4),
  ordering_index: asNumber(0, 4_294_967_295, true),
  shipping: asListOf(
    withMembers(
      ['shipping_country', 'shipping_price_value', 'shipping_price_currency'],
      ['shipping_region', 'shipping_service'],
    ),
    100,
  ),
  shipping_weight: matching(/^\d+(\.\d+)? (lb|oz|g|kg)$/, '10 kg'),
  unit_price: withMembers(['value', 'currency', 'unit'], []),
  status: asOneOf('active', 'archived'),
  disabled_capabilities: asListOf(asText(50), 20),
  expiration_date: matching(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD'),
  internal_label: asListOf(asText(110), 5_000),
  user_rating: asNumber(1, 5, false),
  rating_count: asNumber(1, 4_294_967_295, true),
  vendor_id: asText(100),
  applink: withMembers(
    [],
    [
      ...['ios_url', 'ios_app_store_id', 'ios_app_name'],
      ...['android_url', 'android_package', 'android_class', 'android_app_name'],
    ],
  ),
  origin_country: matching(/^[A-Z]{2}$/, 'of a country code'),
  importer_name: asText(200),
  importer_address: withMembers(['street1', 'city', 'country'], ['street2', 'region', 'postal_code']),
  manufacturer_info: asText(500),
  wa_compliance_category: asOneOf('DEFAULT', 'COUNTRY_ORIGIN_EXEMPT'),
  ...numbered('custom_label', asText(100)),
  ...numbered('custom_number', asNumber(0, 4_294_967_295, true)),
};

function numbered(name: string, check: Check): Record<string, Check> {
  return Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`${name}_${n}`, check]));
}

/** Names the catalog does not know. They are warned about and ignored. */
export function unknownFields(data: JsonObject): readonly string[] {
  return Object.keys(data).filter((name) => name !== 'id' && !Object.hasOwn(FIELDS, name));
}

/** The item after an update: what was sent replaces, what was sent empty goes. */
export function merged(before: JsonObject, data: JsonObject): JsonObject {
  const after: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(before)) if (value !== undefined) after[name] = value;
  for (const [name, value] of Object.entries(data)) {
    if (name === 'id' || !Object.hasOwn(FIELDS, name) || value === undefined) continue;
    if (value === '' || value === null || (Array.isArray(value) && value.length === 0)) delete after[name];
    else after[name] = name === 'internal_label' ? lowerCase(value) : value;
  }
  return after;
}

function lowerCase(value: JsonValue): JsonValue {
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).map((label) => String(label).toLowerCase())
    : value;
}

/** Fields an override for a language must not have: they differ by country only. */
const BY_COUNTRY_ONLY = ['price', 'sale_price', 'unit_price', 'base_price', 'status', 'availability'];

/** What is wrong with an override for a language (`de_XX`), a country (`GB`) or both (`en_XX|US`). */
export function judgeOverride(place: string, fields: JsonObject): readonly Finding[] {
  const form = /^([a-z]{2}_[A-Z]{2})?(\|)?([A-Z]{2})?$/.exec(place);
  const both = form?.[1] !== undefined && form[3] !== undefined;
  if (!form || place === '' || both !== (form[2] !== undefined))
    return [{ type: 'OVERRIDE_VALUE_INVALID', message: `${place} is no language or country of an override` }];
  const forbidden = form[3] === undefined ? BY_COUNTRY_ONLY.filter((name) => fields[name] !== undefined) : [];
  return [
    ...forbidden.map((name) => ({
      type: 'OVERRIDE_FIELD_NOT_ALLOWED',
      message: `${name} is allowed in overrides for a country only`,
    })),
    ...valueFaults(fields),
  ];
}

/** What is wrong with an item as it would be after an update. */
export function judge(fields: JsonObject): Findings {
  const needed = ['title', 'description', 'availability', 'condition', 'price', 'link'];
  const missing = needed.filter((name) => fields[name] === undefined);
  if (fields.image_link === undefined && fields.image === undefined) missing.push('image_link');
  if (fields.brand === undefined && fields.gtin === undefined && fields.mpn === undefined)
    missing.push('brand');
  const errors = valueFaults(fields);
  if (missing.length > 0)
    errors.unshift({
      type: `EMPTY_${(missing[0] ?? '').replace('_link', '_url').toUpperCase()}`,
      message: `A required field is missing: ${missing.join(', ')}`,
    });
  const sale = saleFault(fields);
  if (sale !== null) errors.push({ type: 'INVALID_SALE_PRICE', message: sale });
  const warnings =
    fields.brand === undefined
      ? [{ type: 'EMPTY_BRAND', message: 'These fields have missing information: brand' }]
      : [];
  return { errors, warnings };
}

function valueFaults(fields: JsonObject): Finding[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const fault = value === undefined ? null : (FIELDS[name]?.(value) ?? null);
    if (fault === null) return [];
    const address = fault === 'is no web address' ? 'URL Incorrectly Formatted: ' : '';
    const long = fault.startsWith('is longer')
      ? 'PROPERTY_VALUE_STRING_EXCEEDS_LENGTH'
      : 'PROPERTY_VALUE_FORMAT';
    return [{ type: long, message: `${address}${name} ${fault}` }];
  });
}

function saleFault(fields: JsonObject): string | null {
  if (typeof fields.sale_price !== 'string' || typeof fields.price !== 'string') return null;
  const [sale, saleCurrency] = fields.sale_price.split(' ');
  const [price, currency] = fields.price.split(' ');
  if (saleCurrency !== currency) return 'sale_price is in another currency than price';
  return Number(sale) < Number(price) ? null : 'sale_price is not lower than price';
}
