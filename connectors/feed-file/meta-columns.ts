import {
  address,
  amount,
  type Column,
  group,
  groups,
  list,
  matching,
  measure,
  numeric,
  oneOf,
  period,
  text,
} from './columns.js';

const NUMBERS = [0, 1, 2, 3, 4];

/** Both spellings are taken; the file always has Meta's, with blanks. */
const AVAILABILITY = [
  'in_stock',
  'out_of_stock',
  'preorder',
  'backorder',
  'in stock',
  'out of stock',
  'available for order',
  'discontinued',
];

/** Attributes of Meta catalog files, in column order (developers.facebook.com, catalog fields and feed fields, verified 2026-11). */
export const META_COLUMNS: readonly Column[] = [
  text('title', 150),
  text('description', 5_000),
  text('rich_text_description', 9_999),
  oneOf('availability', AVAILABILITY),
  oneOf('condition', [
    'new',
    'refurbished',
    'used',
    'used_like_new',
    'used_good',
    'used_fair',
    'cpo',
    'open_box_new',
  ]),
  amount('price'),
  amount('sale_price'),
  period('sale_price_effective_date'),
  address('link'),
  address('mobile_link'),
  address('image_link'),
  list('additional_image_link', 20, 2_000),
  { ...groups('image', 'url', 'tag'), schema: media(21) },
  { ...groups('video', 'url', 'tag'), schema: media(20) },
  text('brand', 100),
  list('gtin', 10, 70),
  text('mpn', 100),
  text('google_product_category', 250),
  text('fb_product_category', 250),
  list('product_type', 10, 750),
  numeric('quantity_to_sell_on_facebook'),
  text('item_group_id', 100),
  text('previous_id', 100),
  text('color', 100),
  text('size', 200),
  oneOf('gender', ['female', 'male', 'unisex']),
  oneOf('age_group', ['newborn', 'infant', 'toddler', 'kids', 'teen', 'adult', 'all ages']),
  text('material', 200),
  text('pattern', 100),
  groups('additional_variant_attribute', 'variant_label', 'variant_value'),
  numeric('ordering_index'),
  groups('shipping', 'country', 'region', 'service', 'price'),
  measure('shipping_weight'),
  group('unit_price', 'value', 'currency', 'unit'),
  oneOf('status', ['active', 'archived']),
  list('disabled_capabilities', 20, 50),
  matching('expiration_date', '^\\d{4}-\\d{2}-\\d{2}$'),
  ...NUMBERS.map((n) => text(`custom_label_${n}`, 100)),
  ...NUMBERS.map((n) => numeric(`custom_number_${n}`)),
  list('internal_label', 5_000, 110),
  numeric('user_rating', 'number'),
  numeric('rating_count'),
  text('vendor_id', 100),
  group(
    'applink',
    'ios_url',
    'ios_app_store_id',
    'ios_app_name',
    'android_url',
    'android_package',
    'android_class',
    'android_app_name',
  ),
  address('checkout_url'),
  matching('origin_country', '^[A-Z]{2}$'),
  text('importer_name', 200),
  group('importer_address', 'street1', 'street2', 'city', 'region', 'postal_code', 'country'),
  text('manufacturer_info', 500),
  oneOf('wa_compliance_category', ['DEFAULT', 'COUNTRY_ORIGIN_EXEMPT']),
];

/** Attributes without which Meta takes no item. It would take `image` instead of `image_link`; files always carry the latter. */
export const META_REQUIRED: readonly string[] = [
  'title',
  'description',
  'availability',
  'condition',
  'price',
  'link',
  'image_link',
];

function media(most: number): Column['schema'] {
  const tag = { type: 'array', items: { type: 'string', minLength: 1 } };
  const url = { type: 'string', pattern: '^https?://\\S+$' };
  return {
    type: 'array',
    maxItems: most,
    items: { type: 'object', additionalProperties: false, required: ['url'], properties: { url, tag } },
  };
}
