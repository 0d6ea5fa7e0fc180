/** What a value of an attribute looks like in a listing. */
export type AttributeType =
  | 'text'
  | 'url'
  | 'money'
  | 'window'
  | 'date'
  | 'whole'
  | 'number'
  | 'enum'
  | 'measure'
  | 'texts'
  | 'urls'
  | 'object'
  | 'objects';

/** One attribute of a Meta catalog item. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  /** Longest text, or largest number of entries of a list. */
  readonly max?: number;
  readonly values?: readonly string[];
  readonly required?: boolean;
  /** Price, quantity, availability: may be sent alone. */
  readonly offer?: boolean;
  /** Members of an object or of each object of a list; `*` marks those that must be there. */
  readonly members?: readonly string[];
  /** Sent empty when the listing no longer has it, so that an old value does not stay behind. */
  readonly clear?: boolean;
  /** Its name on the read side, when `observe` compares it. */
  readonly readAs?: string;
  readonly note: string;
}

/** Where the table comes from. */
export const ATTRIBUTES_SOURCE =
  'developers.facebook.com: catalog fields, items_batch reference, feed fields; verified 2026-11';

const text = (name: string, max: number, note: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'text',
  max,
  note,
  clear: true,
  ...more,
});
const numbered = (name: string, make: (name: string) => Attribute): readonly Attribute[] =>
  [0, 1, 2, 3, 4].map((n) => make(`${name}_${n}`));

/** Every attribute we send. The SKU is the item's `id` and no attribute. Where pages differ, the stricter limit counts. */
export const ATTRIBUTES: readonly Attribute[] = [
  text('title', 150, 'plain text, best within 65 characters', {
    required: true,
    clear: false,
    readAs: 'name',
  }),
  text('description', 5_000, 'plain text without HTML and links', {
    required: true,
    clear: false,
    readAs: 'description',
  }),
  text('rich_text_description', 9_999, 'subset of HTML, in addition to the description'),
  {
    name: 'availability',
    type: 'enum',
    values: ['in stock', 'out of stock', 'available for order', 'preorder', 'discontinued'],
    required: true,
    offer: true,
    readAs: 'availability',
    note: 'with blanks, not underscores',
  },
  {
    name: 'condition',
    type: 'enum',
    values: ['new', 'refurbished', 'used', 'used_like_new', 'used_good', 'used_fair', 'cpo', 'open_box_new'],
    required: true,
    readAs: 'condition',
    note: 'new, refurbished and used are documented; the others are in the SDK',
  },
  { name: 'price', type: 'money', required: true, offer: true, note: '`34.00 USD`, above 0' },
  { name: 'sale_price', type: 'money', offer: true, clear: true, note: 'below the price, same currency' },
  {
    name: 'sale_price_effective_date',
    type: 'window',
    offer: true,
    clear: true,
    note: 'start/end with offset; without it the sale never ends',
  },
  {
    name: 'link',
    type: 'url',
    required: true,
    readAs: 'url',
    note: "page of the item on the shop's own domain",
  },
  { name: 'mobile_link', type: 'url', clear: true, note: 'page for phones' },
  {
    name: 'image_link',
    type: 'url',
    readAs: 'image_url',
    note: 'JPEG or PNG, 500 × 500 or more, 8 MB or less; it or `image` is required',
  },
  { name: 'additional_image_link', type: 'urls', max: 20, clear: true, note: 'further pictures' },
  { name: 'image', type: 'objects', max: 21, members: ['url*', 'tag[]'], note: 'wins over image_link' },
  { name: 'video', type: 'objects', max: 20, members: ['url*', 'tag[]'], clear: true, note: 'direct files' },
  text('brand', 100, 'required by Meta; without one at least gtin or mpn', { readAs: 'brand' }),
  text('gtin', 70, '8, 12, 13 or 14 digits', { readAs: 'gtin' }),
  text('mpn', 100, 'when there is no GTIN'),
  text('google_product_category', 250, 'id or path, two levels deep or more'),
  text('fb_product_category', 250, 'id or path of Meta’s own list'),
  text('product_type', 750, 'the shop’s own path with `>`'),
  {
    name: 'quantity_to_sell_on_facebook',
    type: 'whole',
    offer: true,
    clear: true,
    readAs: 'quantity_to_sell_on_facebook',
    note: 'units for Shops',
  },
  text('item_group_id', 100, 'the same for all variants of a product, never the id of an item'),
  text('previous_id', 100, 'old id when an item is split into variants', { clear: false }),
  text('color', 100, 'in words', { readAs: 'color' }),
  text('size', 200, 'without the word "size"', { readAs: 'size' }),
  {
    name: 'gender',
    type: 'enum',
    values: ['female', 'male', 'unisex'],
    clear: true,
    readAs: 'gender',
    note: 'for whom',
  },
  {
    name: 'age_group',
    type: 'enum',
    values: ['newborn', 'infant', 'toddler', 'kids', 'teen', 'adult', 'all ages'],
    clear: true,
    readAs: 'age_group',
    note: 'for whom',
  },
  text('material', 200, 'what it is made of', { readAs: 'material' }),
  text('pattern', 100, 'pattern or print', { readAs: 'pattern' }),
  {
    name: 'additional_variant_attribute',
    type: 'objects',
    max: 4,
    members: ['variant_label*', 'variant_value*'],
    clear: true,
    note: 'differences that have no attribute of their own',
  },
  { name: 'ordering_index', type: 'whole', clear: true, note: 'order within the group' },
  {
    name: 'shipping',
    type: 'objects',
    max: 100,
    members: [
      'shipping_country*',
      'shipping_region',
      'shipping_service',
      'shipping_price_value*',
      'shipping_price_currency*',
    ],
    clear: true,
    note: 'shown in ads only; the same for the whole group',
  },
  { name: 'shipping_weight', type: 'measure', values: ['lb', 'oz', 'g', 'kg'], clear: true, note: '`10 kg`' },
  {
    name: 'unit_price',
    type: 'object',
    members: ['value*', 'currency*', 'unit*'],
    note: 'same currency as the price',
  },
  {
    name: 'status',
    type: 'enum',
    values: ['active', 'archived'],
    note: 'archived hides the item without losing it',
  },
  { name: 'disabled_capabilities', type: 'texts', max: 20, clear: true, note: 'where it must not be shown' },
  { name: 'expiration_date', type: 'date', clear: true, note: 'hidden afterwards' },
  ...numbered('custom_label', (name) =>
    text(name, 100, 'for product sets; every change starts a policy review, prefer internal_label'),
  ),
  ...numbered('custom_number', (name) => ({ name, type: 'whole', clear: true, note: '0 to 4294967295' })),
  {
    name: 'internal_label',
    type: 'texts',
    max: 5_000,
    clear: true,
    note: 'for product sets, without review',
  },
  { name: 'user_rating', type: 'number', clear: true, note: '1.0 to 5.0, together with rating_count' },
  { name: 'rating_count', type: 'whole', clear: true, note: 'above 0' },
  text('vendor_id', 100, 'seller within a marketplace'),
  {
    name: 'applink',
    type: 'object',
    members: [
      'ios_url',
      'ios_app_store_id',
      'ios_app_name',
      'android_url',
      'android_package',
      'android_class',
      'android_app_name',
    ],
    note: 'page in the app; Android needs the package',
  },
  { name: 'checkout_url', type: 'url', clear: true, note: 'where the purchase is finished' },
  text('origin_country', 2, 'ISO alpha-2; India'),
  text('importer_name', 200, 'India, imported goods'),
  {
    name: 'importer_address',
    type: 'object',
    members: ['street1*', 'street2', 'city*', 'region', 'postal_code', 'country*'],
    note: 'India, imported goods',
  },
  text('manufacturer_info', 500, 'India, Shops'),
  {
    name: 'wa_compliance_category',
    type: 'enum',
    values: ['DEFAULT', 'COUNTRY_ORIGIN_EXEMPT'],
    clear: true,
    note: 'India, WhatsApp',
  },
];

/** The attributes that may be sent alone. */
export const OFFER_ATTRIBUTES: readonly string[] = ATTRIBUTES.filter((row) => row.offer).map(
  (row) => row.name,
);
