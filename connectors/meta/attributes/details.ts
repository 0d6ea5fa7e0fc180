import { ADDRESS, COUNTRY, choice, group, type MetaRow, member, row, text, whole } from './row.js';

const DECIMAL_TEXT = text(20, '^\\d{1,12}(\\.\\d{1,4})?$');
const CURRENCY = text(3, '^[A-Z]{3}$');
const five = (make: (place: number) => MetaRow): readonly MetaRow[] => [0, 1, 2, 3, 4].map(make);

/** Delivery, visibility and the merchant's own labels. */
export const DETAILS: readonly MetaRow[] = [
  row(
    'shipping',
    group(
      member('shipping_country', COUNTRY, true),
      member('shipping_region', text(100)),
      member('shipping_service', text(100)),
      member('shipping_price_value', DECIMAL_TEXT, true),
      member('shipping_price_currency', CURRENCY, true),
    ),
    {
      list: 100,
      cell: 'shipping',
      google: true,
      source: 'batch',
      note: 'Shown in ads only; the same for the whole group, or the items are dropped.',
    },
  ),
  row(
    'shipping_weight',
    { kind: 'measure', units: ['lb', 'oz', 'g', 'kg'] },
    {
      google: true,
      note: '`10 kg`. Read as shipping_weight_value and shipping_weight_unit.',
    },
  ),
  row(
    'unit_price',
    group(
      member('value', DECIMAL_TEXT, true),
      member('currency', CURRENCY, true),
      member('unit', text(20), true),
    ),
    {
      clear: false,
      cell: 'json',
      override: 'country',
      read: 'unit_price',
      source: 'batch',
      note: 'Same currency as the price.',
    },
  ),
  row('status', choice('active', 'archived'), {
    clear: false,
    override: 'country',
    read: 'visibility',
    aliases: ['visibility'],
    source: 'batch',
    note: 'archived hides the item without losing it.',
  }),
  row('disabled_capabilities', text(50), {
    list: 20,
    cell: 'labels',
    read: 'capabilities_disabled_by_user',
    source: 'sdk',
    note: 'Where it must not be shown: marketplace, shops, ig_product_tagging, da, whatsapp, …',
  }),
  row(
    'expiration_date',
    { kind: 'date' },
    { google: true, read: 'expiration_date', note: 'Hidden afterwards.' },
  ),
  row(
    'internal_label',
    { kind: 'label', max: 110 },
    {
      list: 5_000,
      cell: 'labels',
      read: 'tags',
      aliases: ['product_tags'],
      source: 'batch',
      note: 'For product sets, without a review. Meta keeps small letters.',
    },
  ),
  ...five((place) =>
    row(`custom_label_${place}`, text(100), {
      google: true,
      read: `custom_label_${place}`,
      note: 'Every change starts a policy review; prefer internal_label.',
    }),
  ),
  ...five((place) =>
    row(`custom_number_${place}`, whole(), { read: `custom_number_${place}`, note: 'For product sets.' }),
  ),
  row(
    'user_rating',
    { kind: 'decimal', min: 1, max: 5 },
    { source: 'batch', note: 'Together with rating_count.' },
  ),
  row('rating_count', whole(1), { source: 'batch', note: 'Together with user_rating.' }),
];

/** Apps, marketplaces, and what India asks for. */
export const SPECIAL: readonly MetaRow[] = [
  row('vendor_id', text(100), { read: 'vendor_id', source: 'batch', note: 'Seller within a marketplace.' }),
  row(
    'applink',
    group(
      member('ios_url', text(2_000)),
      member('ios_app_store_id', text(100)),
      member('ios_app_name', text(100)),
      member('android_url', text(2_000)),
      member('android_package', text(200)),
      member('android_class', text(200)),
      member('android_app_name', text(100)),
    ),
    { clear: false, cell: 'paths', read: 'applinks', note: 'Page in the app; Android needs the package.' },
  ),
  row('checkout_url', ADDRESS, {
    read: 'checkout_url',
    source: 'sdk',
    note: 'Where the purchase is finished; the checkout address of the account wins.',
  }),
  row('origin_country', COUNTRY, { requirement: 'conditional', read: 'origin_country', note: 'India.' }),
  row('importer_name', text(200), {
    requirement: 'conditional',
    read: 'importer_name',
    note: 'India, imported goods.',
  }),
  row(
    'importer_address',
    group(
      member('street1', text(200), true),
      member('street2', text(200)),
      member('city', text(100), true),
      member('region', text(100)),
      member('postal_code', text(20)),
      member('country', COUNTRY, true),
    ),
    {
      requirement: 'conditional',
      clear: false,
      cell: 'json',
      read: 'importer_address',
      note: 'India, imported goods.',
    },
  ),
  row('manufacturer_info', text(500), {
    requirement: 'conditional',
    read: 'manufacturer_info',
    note: 'India, Shops.',
  }),
  row('wa_compliance_category', choice('DEFAULT', 'COUNTRY_ORIGIN_EXEMPT'), {
    requirement: 'conditional',
    read: 'wa_compliance_category',
    note: 'India, WhatsApp.',
  }),
];
