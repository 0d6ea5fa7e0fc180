import type { JsonObject, JsonValue } from '../../../src/domain/json.js';

/** What differs from the plain listing, and where it is listed. */
export interface AuditCase {
  readonly listing: Readonly<Record<string, JsonValue | undefined>>;
  readonly country?: string;
  readonly language?: string;
  readonly settings?: JsonObject;
}

/** A rule with a listing it complains about and one, as near as can be, that it lets pass. */
export type RuleCase = readonly [code: string, bad: AuditCase, good: AuditCase];

const is = (listing: AuditCase['listing'], more: Omit<AuditCase, 'listing'> = {}): AuditCase => ({
  listing,
  ...more,
});
const title = (bad: string, good: string, language = 'en'): readonly [AuditCase, AuditCase] => [
  is({ title: bad }, { language }),
  is({ title: good }, { language }),
];
const text = (bad: string, good: string): readonly [AuditCase, AuditCase] => [
  is({ description: bad }),
  is({ description: good }),
];
const rate = (more: JsonObject, country = 'US'): AuditCase =>
  is({ shipping: [{ country, price: '1.00 USD', ...more }] });
const sale = (window: string): AuditCase => is({ sale_price: '9.00 USD', sale_price_effective_date: window });
const values = (count: number): string[] => Array.from({ length: count }, (_, place) => `Kind ${place}`);
const pages = (count: number): string[] =>
  values(count).map((_, place) => `https://cdn.example.com/${place}.jpg`);
const rates = (count: number): JsonObject[] =>
  values(count).map((service) => ({ country: 'US', service, price: '1.00 USD' }));
const thresholds = (count: number): JsonObject[] =>
  values(count).map(() => ({ country: 'US', price_threshold: '50.00 USD' }));
const shirt = {
  google_product_category: '212',
  color: 'Red',
  gender: 'unisex',
  age_group: 'adult',
  size: 'M',
};
const ring = { ...shirt, google_product_category: '200' };
const eprel = (code: string): JsonObject => ({
  certification_authority: 'ec',
  certification_name: 'eprel',
  certification_code: code,
});

/** Judged on 2026-11-24; the plain listing is sold in the US in English unless told otherwise. */
export const CASES: readonly RuleCase[] = [
  ['gtin_invalid', is({ gtin: '4006381333932' }), is({ gtin: '4006381333931' })],
  ['gtin_invalid', is({ gtin: '2012345678900' }), is({ gtin: '5901234123457' })],
  ['gtin_sample', is({ gtin: '0123456789012' }), is({ gtin: '4006381333931' })],
  ['gtin_sample', is({ gtin: '1111111111116' }), is({ gtin: '5901234123457' })],
  ['identifiers_missing', is({ mpn: undefined }), is({ mpn: undefined, gtin: '4006381333931' })],
  ['identifiers_denied', is({ identifier_exists: 'no' }), is({ identifier_exists: 'no', mpn: undefined })],
  ['brand_missing', is({ brand: undefined }), is({ brand: undefined, google_product_category: '784' })],
  ['brand_placeholder', is({ brand: 'N/A' }), is({ brand: 'Generic Man' })],
  ['mpn_placeholder', is({ mpn: 'none' }), is({ mpn: 'none-7' })],
  [
    'mpn_is_gtin',
    is({ gtin: '4006381333931', mpn: '4006381333931' }),
    is({ gtin: '4006381333931', mpn: '333931' }),
  ],
  [
    'condition_contradicts_title',
    is({ title: 'Phone X, refurbished' }),
    is({ title: 'Phone X, refurbished', condition: 'refurbished' }),
  ],
  ['apparel_incomplete', is({ ...shirt, gender: undefined }), is(shirt)],
  [
    'apparel_incomplete',
    is({ ...shirt, size: undefined }),
    is({ ...shirt, size: undefined }, { country: 'NL' }),
  ],
  [
    'apparel_incomplete',
    is({ google_product_category: 'Apparel & Accessories > Shoes' }),
    is({ ...ring, size: undefined }),
  ],
  ['apparel_advised', is({ ...ring, color: undefined }), is(ring)],
  ['variant_without_difference', is({ item_group_id: 'G' }), is({ item_group_id: 'G', pattern: 'Striped' })],
  ['color_no_name', is({ color: '#ff0000' }), is({ color: 'Red 2' })],
  ['color_no_name', is({ color: 'See image' }), is({ color: 'Decade Blue' })],
  ['colors_too_many', is({ color: 'Red/Green/Blue/Gold' }), is({ color: 'Red/Green/Blue' })],
  ['materials_too_many', is({ material: 'Cotton/Wool/Silk/Hemp' }), is({ material: 'Cotton/Wool/Silk' })],
  ['size_several', is({ size: 'S, M, L' }), is({ size: '38/40' })],
  ['size_system_without_size', is({ size_system: 'EU' }), is({ size_system: 'EU', size: '42' })],
  ['title_promotional', ...title('Shirt - Free Shipping', 'Shirt for free climbing')],
  ['title_promotional', ...title('Shirt 20% off', 'Shirt, 20% wool, off-white')],
  ['title_promotional', ...title('Hemd versandkostenfrei', 'Hemd kostenbewusst', 'de')],
  ['title_promotion_word', ...title('Cheap shirt', 'Cheapside shirt')],
  ['title_promotion_word', ...title('Hemd, reduziert', 'Hemd, unreduziert', 'de')],
  ['title_with_address', ...title('Shirt www.northwind.com', 'Shirt from Northwind')],
  ['title_with_phone', ...title('Shirt, call (555) 123-4567', 'Shirt 501-0114-2230-9981')],
  ['title_with_price', ...title('Shirt only $19.99', 'Shirt model 19.99')],
  ['title_shouting', ...title('ORGANIC COTTON SHIRT', 'HDMI cable for TV')],
  ['title_gimmick', ...title('Shirt!!!', 'Shirt! Size M')],
  ['title_gimmick', ...title('Shirt 🔥', 'Shirt® M')],
  ['title_placeholder', ...title('test', 'Test tube')],
  ['title_repeats_brand', ...title('Northwind Shirt Northwind', 'Northwind Shirt')],
  [
    'title_in_other_script',
    ...title(
      'Organic cotton shirt with long sleeves',
      'オーガニックコットン長袖シャツ メンズ レッド サイズ エム 綿百パーセント',
      'ja',
    ),
  ],
  ['short_title_length', is({ short_title: 'Tee' }), is({ short_title: 'Red shirt' })],
  [
    'markup_in_text',
    ...text(
      '<b>Soft</b> shirt of organic cotton, mid weight',
      'Soft shirt < 200 g & of organic cotton, mid weight',
    ),
  ],
  [
    'description_promotional',
    ...text(
      'Soft shirt of organic cotton with free delivery',
      'Soft shirt of organic cotton, delivered free of plastic',
    ),
  ],
  [
    'description_with_address',
    ...text('See https://shop.example/more about this shirt', 'See the label for more about this shirt'),
  ],
  [
    'description_shouting',
    ...text('SOFT SHIRT OF ORGANIC COTTON, MID WEIGHT', 'Soft shirt of 100 % organic cotton by NW'),
  ],
  ['description_short', ...text('Soft shirt', 'Soft shirt of organic cotton, mid weight')],
  [
    'description_is_title',
    is({ title: 'Shirt, red', description: 'Shirt, red' }),
    is({ title: 'Shirt, red', description: 'Shirt, red, soft' }),
  ],
  ['single_highlight', is({ product_highlight: ['Soft'] }), is({ product_highlight: ['Soft', 'Light'] })],
  [
    'highlight_promotional',
    is({ product_highlight: ['Soft', 'Best price'] }),
    is({ product_highlight: ['Soft', 'Best fit'] }),
  ],
  [
    'detail_promotional',
    is({ product_detail: [{ attribute_name: 'Delivery', attribute_value: 'Free shipping' }] }),
    is({ product_detail: [{ attribute_name: 'Fabric', attribute_value: '180 g' }] }),
  ],
  [
    'questions_too_long',
    is({
      question_and_answer: Array.from({ length: 10 }, () => ({
        question: 'Q'.repeat(20),
        answer: 'a'.repeat(990),
      })),
    }),
    is({
      question_and_answer: Array.from({ length: 10 }, () => ({
        question: 'Q'.repeat(10),
        answer: 'a'.repeat(990),
      })),
    }),
  ],
  [
    'address_not_public',
    is({ link: 'http://localhost:3000/p' }),
    is({ link: 'http://local-host.com:3000/p' }),
  ],
  [
    'address_not_public',
    is({ image_link: 'https://10.0.0.3/1.jpg' }),
    is({ image_link: 'https://10-0-0-3.example.com/1.jpg' }),
  ],
  [
    'address_not_public',
    is({ additional_image_link: ['https://nas.lan/1.jpg'] }),
    is({ additional_image_link: ['https://lan.com/1.jpg'] }),
  ],
  [
    'address_of_test_system',
    is({ link: 'https://staging.northwind.com/p' }),
    is({ link: 'https://stage-shoes.northwind.com/p' }),
  ],
  [
    'address_of_test_system',
    is({ image_link: 'https://dev2.northwind.co.uk/1.jpg' }),
    is({ image_link: 'https://test.co.uk/1.jpg' }),
  ],
  [
    'address_not_ascii',
    is({ link: 'https://northwind.com/größe' }),
    is({ link: 'https://northwind.com/gr%C3%B6%C3%9Fe' }),
  ],
  [
    'link_not_on_claimed_site',
    is({}, { settings: { homepage: 'https://www.northwind.com' } }),
    is({}, { settings: { homepage: 'https://www.example.com' } }),
  ],
  [
    'link_not_on_claimed_site',
    is({ link: 'https://notexample.com/p' }, { settings: { homepage: 'https://example.com' } }),
    is({ link: 'https://notexample.com/p' }),
  ],
  [
    'ads_redirect_elsewhere',
    is({ ads_redirect: 'https://track.net/p' }),
    is({ ads_redirect: 'https://ads.example.com/p' }),
  ],
  [
    'link_by_fragment',
    is({ item_group_id: 'G', color: 'Red', link: 'https://shop.example.com/p#red' }),
    is({ item_group_id: 'G', color: 'Red', link: 'https://shop.example.com/p?v=red#top' }),
  ],
  [
    'image_type_unsupported',
    is({ image_link: 'https://cdn.example.com/1.svg' }),
    is({ image_link: 'https://cdn.example.com/svg?f=1.svg' }),
  ],
  [
    'image_placeholder',
    is({ image_link: 'https://cdn.example.com/no_image.jpg' }),
    is({ image_link: 'https://cdn.example.com/piano-image.jpg' }),
  ],
  [
    'image_repeated',
    is({ additional_image_link: ['https://cdn.example.com/i/tshirt-red-1.jpg'] }),
    is({ additional_image_link: ['https://cdn.example.com/i/tshirt-red-2.jpg'] }),
  ],
  [
    'virtual_model_unfit',
    is({ virtual_model_link: 'https://cdn.example.com/a.zip' }),
    is({ virtual_model_link: 'https://cdn.example.com/a.glb' }),
  ],
  [
    'virtual_model_unfit',
    is({ virtual_model_link: 'https://cdn.example.com/a.glb' }, { country: 'NL' }),
    is({}, { country: 'NL' }),
  ],
  ['price_not_above_zero', is({ price: '0.00 USD' }), is({ price: '0.01 USD' })],
  [
    'price_not_above_zero',
    is({ price: '0.00 USD' }),
    is({ price: '0.00 USD', subscription_cost: { period: 'month', period_length: 24, amount: '9.00 USD' } }),
  ],
  ['currency_of_another_market', is({ price: '5.00 EUR' }), is({ price: '5.00 USD' })],
  ['sale_price_not_below_price', is({ sale_price: '24.99 USD' }), is({ sale_price: '24.98 USD' })],
  ['sale_price_not_below_price', is({ sale_price: '1.00 EUR' }), is({ sale_price: '1.00 USD' })],
  ['sale_price_not_below_price', is({ sale_price: '0.00 USD' }), is({})],
  [
    'sale_window_without_sale_price',
    is({ sale_price_effective_date: '2026-11-27T00:00:00Z/2026-12-01T00:00:00Z' }),
    sale('2026-11-27T00:00:00Z/2026-12-01T00:00:00Z'),
  ],
  [
    'sale_window_reversed',
    sale('2026-12-01T00:00:00Z/2026-11-27T00:00:00Z'),
    sale('2026-11-27T00:00:00Z/2026-12-01T00:00:00Z'),
  ],
  [
    'sale_window_over',
    sale('2026-11-01T00:00:00Z/2026-11-23T00:00:00Z'),
    sale('2026-11-01T00:00:00Z/2026-11-25T00:00:00Z'),
  ],
  [
    'sale_window_long',
    sale('2026-11-01T00:00:00Z/2026-12-24T00:00:00Z'),
    sale('2026-11-01T00:00:00Z/2026-11-30T00:00:00Z'),
  ],
  [
    'lowest_automatic_price_too_high',
    is({ auto_pricing_min_price: '25.00 USD' }),
    is({ auto_pricing_min_price: '24.99 USD' }),
  ],
  [
    'maximum_retail_price_elsewhere',
    is({ maximum_retail_price: '30.00 USD' }),
    is({ maximum_retail_price: '30.00 INR' }, { country: 'IN' }),
  ],
  [
    'member_price_not_below_price',
    is({ loyalty_program: [{ program_label: 'club', price: '24.99 USD' }] }),
    is({ loyalty_program: [{ program_label: 'club', price: '20.00 USD' }] }),
  ],
  [
    'unit_price_missing',
    is({ title: 'Coffee beans 500 g', google_product_category: '1868' }, { country: 'DE' }),
    is(
      { title: 'Coffee beans 500 g', google_product_category: '1868', unit_pricing_measure: '500 g' },
      { country: 'DE' },
    ),
  ],
  [
    'unit_price_base_alone',
    is({ unit_pricing_base_measure: '100 g' }),
    is({ unit_pricing_measure: '500 g', unit_pricing_base_measure: '100 g' }),
  ],
  [
    'unit_price_dimension',
    is({ unit_pricing_measure: '500 g', unit_pricing_base_measure: '100 ml' }),
    is({ unit_pricing_measure: '500 g', unit_pricing_base_measure: '1 kg' }),
  ],
  [
    'unit_price_base_value',
    is({ unit_pricing_measure: '500 ml', unit_pricing_base_measure: '75 ml' }),
    is({ unit_pricing_measure: '75 cl', unit_pricing_base_measure: '75 cl' }),
  ],
  [
    'availability_date_missing',
    is({ availability: 'preorder' }),
    is({ availability: 'preorder', availability_date: '2026-12-01T00:00:00Z' }),
  ],
  [
    'availability_date_past',
    is({ availability: 'backorder', availability_date: '2026-11-20T00:00:00Z' }),
    is({ availability: 'backorder', availability_date: '2026-11-25T00:00:00Z' }),
  ],
  [
    'availability_date_too_far',
    is({ availability: 'preorder', availability_date: '2028-12-01T00:00:00Z' }),
    is({ availability: 'preorder', availability_date: '2027-11-01T00:00:00Z' }),
  ],
  ['availability_date_idle', is({ availability_date: '2026-12-01T00:00:00Z' }), is({})],
  ['availability_local_only', is({ availability: 'limited_availability' }), is({})],
  ['stock_contradicts_availability', is({ sell_on_google_quantity: 0 }), is({ sell_on_google_quantity: 1 })],
  [
    'expired',
    is({ expiration_date: '2026-11-23T00:00:00Z' }),
    is({ expiration_date: '2026-11-25T00:00:00Z' }),
  ],
  [
    'expiration_without_effect',
    is({ expiration_date: '2027-01-23T00:00:00Z' }),
    is({ expiration_date: '2026-12-20T00:00:00Z' }),
  ],
  [
    'shipping_cost_unknown',
    is({}, { settings: { shippingCosts: 'listing' } }),
    is({ shipping: [{ country: 'US', price: '1.00 USD' }] }, { settings: { shippingCosts: 'listing' } }),
  ],
  ['shipping_country_missing', rate({}, 'CA'), rate({})],
  ['shipping_currency', rate({ price: '1.00 CAD' }), rate({})],
  [
    'shipping_speed_incomplete',
    rate({ max_transit_time: 3 }),
    rate({ max_transit_time: 3, max_handling_time: 1 }),
  ],
  ['shipping_area_ambiguous', rate({ region: 'CA', postal_code: '94043' }), rate({ region: 'CA' })],
  ['shipping_weight_too_high', is({ shipping_weight: '1001 kg' }), is({ shipping_weight: '1000 kg' })],
  [
    'shipping_weight_missing',
    is({ carrier_shipping: [{ country: 'US', carrier_price: 'ups_ground' }] }),
    is({ carrier_shipping: [{ country: 'US', flat_price: '5.00 USD' }] }),
  ],
  [
    'shipping_lighter_than_product',
    is({ shipping_weight: '0.5 lb', product_weight: '500 g' }),
    is({ shipping_weight: '1.2 lb', product_weight: '500 g' }),
  ],
  [
    'shipping_dimensions_incomplete',
    is({ shipping_length: '10 cm' }),
    is({ shipping_length: '10 cm', shipping_width: '10 cm', shipping_height: '10 cm' }),
  ],
  [
    'shipping_dimensions_out_of_range',
    is({ shipping_length: '151 in', shipping_width: '10 in', shipping_height: '10 in' }),
    is({ shipping_length: '151 cm', shipping_width: '10 cm', shipping_height: '10 cm' }),
  ],
  [
    'min_handling_without_max',
    is({ min_handling_time: 1 }),
    is({ min_handling_time: 1, max_handling_time: 2 }),
  ],
  [
    'handling_times_reversed',
    is({ min_handling_time: 3, max_handling_time: 2 }),
    is({ min_handling_time: 2, max_handling_time: 2 }),
  ],
  ['pickup_time_missing', is({ pickup_method: 'buy' }), is({ pickup_method: 'not_supported' })],
  [
    'return_window_missing',
    is({ returns: [{ window_type: 'finite_return_window' }] }),
    is({ returns: [{ window_type: 'finite_return_window', window_days: 30 }] }),
  ],
  [
    'energy_class_superseded',
    is({ energy_efficiency_class: 'A' }, { country: 'DE' }),
    is({ energy_efficiency_class: 'A' }, { country: 'GB' }),
  ],
  [
    'energy_range_incomplete',
    is({ energy_efficiency_class: 'A' }, { country: 'GB' }),
    is(
      { energy_efficiency_class: 'A', min_energy_efficiency_class: 'A', max_energy_efficiency_class: 'G' },
      { country: 'GB' },
    ),
  ],
  [
    'energy_label_missing',
    is({ google_product_category: '686' }, { country: 'DE' }),
    is({ google_product_category: '686', certification: [eprel('123456')] }, { country: 'DE' }),
  ],
  ['eprel_code_unfit', is({ certification: [eprel('A-1')] }), is({ certification: [eprel('123456')] })],
  ['restricted_counterfeit', ...title('Handbag replica', 'Handbag replicated in silk')],
  ['restricted_weapon', ...title('Stun gun', 'Glue gun')],
  ['restricted_tobacco', ...title('Vape juice, mint', 'Vapeur iron')],
  ['restricted_drug', ...title('CBD oil', 'CBC oil')],
  ['restricted_medicine', ...title('Viagra 100', 'Niagara 100')],
  ['restricted_ticket', ...title('Concert ticket, row 3', 'Ticket holder')],
  ['restricted_animal', ...title('Ivory comb', 'Horn comb')],
  ['restricted_currency', ...title('Prepaid card 50', 'Birthday card 50')],
  ['restricted_explosive', ...title('Fireworks, box of 10', 'Fire engine, box of 10')],
  ['restricted_category', is({ google_product_category: '3151' }), is({ google_product_category: '415' })],
  [
    'adult_undeclared',
    is({ google_product_category: '773' }),
    is({ google_product_category: '773', adult: 'yes' }),
  ],
  [
    'destinations_contradict',
    is({ included_destination: ['Display_ads'], excluded_destination: ['Display_ads'] }),
    is({ included_destination: ['Display_ads'], excluded_destination: ['Shopping_ads'] }),
  ],
  [
    'excluded_in_own_country',
    is({ shopping_ads_excluded_country: ['US'] }),
    is({ shopping_ads_excluded_country: ['CA'] }),
  ],
  ['promotion_id_unfit', is({ promotion_id: ['20% off'] }), is({ promotion_id: ['BF26-TEES'] })],
  [
    'custom_attributes_too_large',
    is({ custom_attribute: Array.from({ length: 11 }, () => ({ name: 'a', value: 'x'.repeat(10_000) })) }),
    is({ custom_attribute: Array.from({ length: 9 }, () => ({ name: 'a', value: 'x'.repeat(10_000) })) }),
  ],
  ['product_type_many', is({ product_type: values(11) }), is({ product_type: values(10) })],
  [
    'lifestyle_image_link_many',
    is({ lifestyle_image_link: pages(11) }),
    is({ lifestyle_image_link: pages(10) }),
  ],
  ['shipping_many', is({ shipping: rates(101) }), is({ shipping: rates(100) })],
  [
    'free_shipping_threshold_many',
    is({ free_shipping_threshold: thresholds(101) }),
    is({ free_shipping_threshold: thresholds(100) }),
  ],
];
