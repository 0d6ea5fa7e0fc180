import { ADDRESS, choice, group, type MetaRow, MONEY, member, row, text, whole } from './row.js';

const BOTH = { google: true, override: 'any' } as const;
const TOLD = { compared: true } as const;
const PICTURES = group(member('url', ADDRESS, true), member('tag', { kind: 'texts', most: 10, max: 100 }));

/** Names, texts, addresses and pictures. The SKU is the item's `id` and no attribute. */
export const BASIC: readonly MetaRow[] = [
  row('title', text(150), {
    ...BOTH,
    ...TOLD,
    requirement: 'required',
    clear: false,
    read: 'name',
    note: 'Plain text, best within 65 characters; the feed page says 200, the batch page 100.',
  }),
  row('description', text(5_000), {
    ...BOTH,
    ...TOLD,
    requirement: 'required',
    clear: false,
    read: 'description',
    note: 'Plain text without HTML and links.',
  }),
  row('rich_text_description', text(9_999), {
    override: 'any',
    read: 'rich_text_description',
    note: 'A subset of HTML, in addition to the description; not shown in ads.',
  }),
  row(
    'condition',
    choice('new', 'refurbished', 'used', 'used_like_new', 'used_good', 'used_fair', 'cpo', 'open_box_new'),
    {
      ...TOLD,
      google: true,
      requirement: 'required',
      clear: false,
      read: 'condition',
      note: 'new, refurbished and used are documented; the others are in the software kits.',
    },
  ),
  row('link', ADDRESS, {
    ...BOTH,
    ...TOLD,
    requirement: 'required',
    clear: false,
    read: 'url',
    note: "Page of the item on the shop's own domain, without a redirect.",
  }),
  row('mobile_link', ADDRESS, { ...BOTH, read: 'mobile_link', note: 'Page for phones.' }),
  row('image_link', ADDRESS, {
    ...BOTH,
    ...TOLD,
    requirement: 'conditional',
    clear: false,
    read: 'image_url',
    note: 'Required unless image is given. JPEG or PNG, 500 × 500 or more, 8 MB or less; a new picture needs a new address.',
  }),
  row('additional_image_link', ADDRESS, {
    ...BOTH,
    list: 20,
    cell: 'joined',
    read: 'additional_image_urls',
    note: 'Further pictures; in a file 2,000 characters together.',
  }),
  row('image', PICTURES, {
    list: 21,
    clear: false,
    cell: 'json',
    read: 'images',
    source: 'batch',
    note: 'Pictures with tags; wins over image_link and additional_image_link.',
  }),
  row('video', PICTURES, {
    list: 20,
    cell: 'json',
    read: 'videos',
    source: 'batch',
    note: 'Direct files of 200 MB or less, no player pages.',
  }),
];

/** What changes with price and stock. May be sent alone. */
export const OFFER: readonly MetaRow[] = [
  row('availability', choice('in stock', 'out of stock', 'available for order', 'preorder', 'discontinued'), {
    ...TOLD,
    google: true,
    override: 'country',
    requirement: 'required',
    lane: 'offer',
    clear: false,
    read: 'availability',
    note: 'With blanks, not underscores.',
  }),
  row('price', MONEY, {
    google: true,
    override: 'country',
    requirement: 'required',
    lane: 'offer',
    clear: false,
    read: 'price',
    note: '`34.00 USD`, above 0. On the read side display text in the minor form of its own.',
  }),
  row('sale_price', MONEY, {
    google: true,
    override: 'country',
    lane: 'offer',
    read: 'sale_price',
    note: 'Below the price, same currency.',
  }),
  row(
    'sale_price_effective_date',
    { kind: 'window' },
    {
      google: true,
      override: 'country',
      lane: 'offer',
      note: 'start/end with offset, to the minute; without it the sale never ends. Read as sale_price_start_date and sale_price_end_date.',
    },
  ),
  row('quantity_to_sell_on_facebook', whole(), {
    ...TOLD,
    lane: 'offer',
    read: 'quantity_to_sell_on_facebook',
    aliases: ['inventory'],
    note: 'Units for Shops.',
  }),
];

/** Who made it and what kind of thing it is. */
export const IDENTITY: readonly MetaRow[] = [
  row('brand', text(100), {
    ...TOLD,
    google: true,
    requirement: 'conditional',
    read: 'brand',
    note: 'Required by the fields page; the catalog takes gtin or mpn instead.',
  }),
  row(
    'gtin',
    { kind: 'gtin' },
    {
      ...TOLD,
      google: true,
      requirement: 'conditional',
      read: 'gtin',
      note: '8, 12, 13 or 14 digits with their check digit.',
    },
  ),
  row('mpn', text(100), {
    google: true,
    requirement: 'conditional',
    read: 'manufacturer_part_number',
    aliases: ['manufacturer_part_number'],
    note: 'When there is no GTIN.',
  }),
  row('google_product_category', text(250), {
    google: true,
    read: 'category',
    note: 'Id or path, two levels deep or more.',
  }),
  row('fb_product_category', text(250), {
    read: 'fb_product_category',
    note: 'Id or path of Meta’s own list; three levels deep to win over its guess.',
  }),
  row('product_type', text(750), {
    ...BOTH,
    read: 'product_type',
    note: 'The shop’s own path with `>`.',
  }),
];
