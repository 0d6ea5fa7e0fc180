import {
  type AttributeRow,
  choice,
  group,
  INSTANT,
  INTERVAL,
  integer,
  measure,
  number,
  PRICE,
  row,
  text,
  URL_VALUE,
  wholeMeasure,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;

const STRUCTURED = (max: number) =>
  group(
    row('digital_source_type', choice('DEFAULT', 'TRAINED_ALGORITHMIC_MEDIA')),
    row('content', text(max), { requirement: 'required' }),
  );

const UNIT_PRICING = ['oz lb mg g kg floz pt qt gal ml cl l cbm in ft yd cm m sqft sqm ct'].flatMap((line) =>
  line.split(' '),
);

/** Names, texts, addresses and pictures (specification 5.1). */
export const BASIC: readonly AttributeRow[] = [
  row('title', text(150), {
    requirement: 'conditional',
    note: 'Required unless structured_title is given. Plain text that matches the landing page; about 70 characters are shown.',
  }),
  row('structured_title', STRUCTURED(150), {
    requirement: 'conditional',
    note: 'For titles written by a generator, instead of title.',
  }),
  row('short_title', text(150), { note: '5 to 65 characters advised.' }),
  row('description', text(5000), {
    requirement: 'conditional',
    note: 'Required unless structured_description is given. Plain text.',
  }),
  row('structured_description', STRUCTURED(5000), {
    requirement: 'conditional',
    note: 'For descriptions written by a generator, instead of description.',
  }),
  row('link', URL_VALUE, { requirement: 'required', note: 'On the verified and claimed domain.' }),
  row('mobile_link', URL_VALUE),
  row('canonical_link', URL_VALUE),
  row('image_link', URL_VALUE, {
    requirement: 'required',
    note: 'JPEG, WebP, PNG, GIF, BMP or TIFF; at least 500 x 500 pixels, at most 64 megapixels and 16 MB.',
  }),
  row('additional_image_link', URL_VALUE, { field: 'additionalImageLinks', list: 10 }),
  row('lifestyle_image_link', URL_VALUE, { field: 'lifestyleImageLinks', list: 10 }),
  row('virtual_model_link', URL_VALUE, { note: 'GLB or GLTF, at most 15 MB; US only.' }),
  row('video_link', URL_VALUE, { field: 'videoLinks', list: 10, ...TYPINGS }),
  row('document_link', URL_VALUE, { field: 'documentLinks', list: 10, note: 'PDF.', ...TYPINGS }),
];

/** Prices and availability (specification 5.2). */
export const PRICE_AND_AVAILABILITY: readonly AttributeRow[] = [
  row('availability', choice('IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'LIMITED_AVAILABILITY', 'BACKORDER'), {
    requirement: 'required',
    lane: 'offer',
    note: 'limited_availability is for local listings only.',
  }),
  row('availability_date', INSTANT, {
    requirement: 'conditional',
    lane: 'offer',
    note: 'Required with preorder and backorder; at most a year ahead.',
  }),
  row('disclosure_date', INSTANT),
  row('expiration_date', INSTANT, { note: 'Can only shorten the 30 days of life.' }),
  row('price', PRICE, {
    requirement: 'required',
    lane: 'offer',
    note: 'Above zero; with VAT outside US and CA, without sales tax there.',
  }),
  row('sale_price', PRICE, { lane: 'offer', note: 'Below price, same currency.' }),
  row('sale_price_effective_date', INTERVAL, { lane: 'offer', note: 'start/end; only with sale_price.' }),
  row('sell_on_google_quantity', integer(0), {
    lane: 'offer',
    ...TYPINGS,
    note: 'Quantity for sale on Google. Buy on Google ended in 2023; the field remains.',
  }),
  row('maximum_retail_price', PRICE, { note: 'India.' }),
  row('auto_pricing_min_price', PRICE, { lane: 'offer', note: 'Floor of automated discounts.' }),
  row('cost_of_goods_sold', PRICE, { lane: 'offer' }),
  row('unit_pricing_measure', measure(UNIT_PRICING, null), {
    note: 'Required by local law for goods sold by weight or volume.',
  }),
  row('unit_pricing_base_measure', wholeMeasure(UNIT_PRICING), {
    note: 'Same dimension as unit_pricing_measure.',
  }),
  row(
    'installment',
    group(
      row('months', integer(1), { requirement: 'required' }),
      row('amount', PRICE, { requirement: 'required' }),
      row('downpayment', PRICE),
      row('credit_type', choice('FINANCE', 'LEASE')),
      row('annual_percentage_rate', number(0), TYPINGS),
      row('total_amount', PRICE, TYPINGS),
    ),
  ),
  row(
    'subscription_cost',
    group(
      row('period', choice('MONTH', 'YEAR', 'WEEK'), { requirement: 'required' }),
      row('period_length', integer(1), { requirement: 'required' }),
      row('amount', PRICE, { requirement: 'required' }),
    ),
  ),
  row(
    'loyalty_program',
    group(
      row('program_label', text(), { requirement: 'required' }),
      row('tier_label', text()),
      row('price', PRICE),
      row('cashback_for_future_use', PRICE),
      row('loyalty_points', integer(0)),
      row('member_price_effective_date', INTERVAL),
      row('shipping_label', text()),
    ),
    { field: 'loyaltyPrograms', list: 100 },
  ),
  row(
    'loyalty_points',
    group(row('name', text(24)), row('points_value', integer(0)), row('ratio', number(0))),
    { ...TYPINGS, note: 'Japan.' },
  ),
  row(
    'minimum_order_value',
    group(
      row('country', text(2), { requirement: 'required' }),
      row('price', PRICE, { requirement: 'required' }),
      row('service', text()),
      row('surface', choice('ONLINE', 'LOCAL', 'ONLINE_LOCAL')),
    ),
    { field: 'minimumOrderValues', list: 100 },
  ),
  row('pause', choice('ADS', 'ALL')),
];
