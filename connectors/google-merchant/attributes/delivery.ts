import { CARRIER_PRICES, CARRIER_TRANSIT_TIMES } from './carriers.js';
import {
  type AttributeRow,
  choice,
  group,
  integer,
  measure,
  number,
  PRICE,
  row,
  spelled,
  text,
  tiedGroup,
  URL_VALUE,
  YES_NO,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;
const COUNTRY = row('country', text(2), { note: 'CLDR territory code.' });
const CUTOFF_PATTERN = '^([01]\\d|2[0-3])[0-5]\\d$';

const DESTINATION = spelled({
  Shopping_ads: 'SHOPPING_ADS',
  Display_ads: 'DISPLAY_ADS',
  Local_inventory_ads: 'LOCAL_INVENTORY_ADS',
  Free_listings: 'FREE_LISTINGS',
  Free_local_listings: 'FREE_LOCAL_LISTINGS',
  YouTube_Shopping: 'YOUTUBE_SHOPPING',
  YouTube_Shopping_checkout: 'YOUTUBE_SHOPPING_CHECKOUT',
  YouTube_affiliate: 'YOUTUBE_AFFILIATE',
  Free_vehicle_listings: 'FREE_VEHICLE_LISTINGS',
  Vehicle_ads: 'VEHICLE_ADS',
  Cloud_retail: 'CLOUD_RETAIL',
  Local_cloud_retail: 'LOCAL_CLOUD_RETAIL',
  Rental_ads: 'RENTAL_ADS',
});

/** Campaigns and destinations (specification 5.5). */
export const CAMPAIGNS: readonly AttributeRow[] = [
  row('ads_redirect', URL_VALUE, { note: 'Same registered domain as link.' }),
  ...[0, 1, 2, 3, 4].map((place) => row(`custom_label_${place}`, text(100))),
  row('promotion_id', text(50), { field: 'promotionIds', list: 10 }),
  row('external_seller_id', text(50)),
  row('included_destination', DESTINATION, { field: 'includedDestinations', list: 13 }),
  row('excluded_destination', DESTINATION, { field: 'excludedDestinations', list: 13 }),
  row('shopping_ads_excluded_country', text(2), { field: 'shoppingAdsExcludedCountries', list: 250 }),
  row('ads_grouping', text(), TYPINGS),
  row('ads_labels', text(), { list: 100, ...TYPINGS }),
  row('display_ads_id', text(), TYPINGS),
  row('display_ads_title', text(), TYPINGS),
  row('display_ads_link', URL_VALUE, TYPINGS),
  row('display_ads_similar_id', text(), { field: 'displayAdsSimilarIds', list: 10, ...TYPINGS }),
  row('display_ads_value', number(0), TYPINGS),
  row('native_commerce', YES_NO, { custom: true, field: 'native commerce', source: 'ucp' }),
  row('merchant_item_id', text(), { custom: true, field: 'merchant item id', source: 'ucp' }),
  row(
    'consumer_notice',
    group(
      row('consumer_notice_type', choice('LEGAL_DISCLAIMER', 'SAFETY_WARNING', 'PROP_65'), {
        field: 'consumer notice type',
        requirement: 'required',
      }),
      row('consumer_notice_message', text(1000), {
        field: 'consumer notice message',
        requirement: 'required',
      }),
    ),
    { custom: true, field: 'consumer notice', list: 10, source: 'ucp' },
  ),
  row(
    'custom_attribute',
    tiedGroup(
      { clashes: [['value', 'group_value']] },
      row('name', text(), { requirement: 'required' }),
      row('value', text(10_240)),
      row(
        'group_value',
        group(row('name', text(), { requirement: 'required' }), row('value', text(10_240))),
        {
          field: 'groupValues',
          list: 2_500,
        },
      ),
    ),
    {
      field: 'customAttributes',
      custom: true,
      list: 2_500,
      ...TYPINGS,
      note: 'Anything without a field of its own: name with value or with group_value. 102.4 kB in all.',
    },
  ),
];

const HANDLING = [row('min_handling_time', integer(0)), row('max_handling_time', integer(0))];
const TRANSIT = [row('min_transit_time', integer(0)), row('max_transit_time', integer(0))];
const SHIPPING_DIMENSION = measure(['in', 'cm'], 400);
const BUSINESS_DAYS = group(
  COUNTRY,
  row('business_days', text(), { requirement: 'required', note: 'Mon-Fri.' }),
);

/** A price is fixed or the carrier's, a speed too; only the carrier's price is adjusted, in one way. */
const CARRIER_TIES = {
  clashes: [
    ['flat_price', 'carrier_price'],
    ['carrier_price_flat_adjustment', 'carrier_price_percentage_adjustment'],
    ['carrier_transit_time', 'fixed_max_transit_time'],
  ],
  needs: [
    ['carrier_price_flat_adjustment', 'carrier_price'],
    ['carrier_price_percentage_adjustment', 'carrier_price'],
    ['min_handling_time', 'max_handling_time'],
    ['fixed_min_transit_time', 'fixed_max_transit_time'],
    ['fixed_max_transit_time', 'max_handling_time'],
    ['carrier_transit_time', 'max_handling_time'],
  ],
} as const;

/** Shipping and returns (specification 5.6). */
export const DELIVERY: readonly AttributeRow[] = [
  row(
    'shipping',
    group(
      COUNTRY,
      row('region', text()),
      row('postal_code', text()),
      row('location_id', integer(0)),
      row('location_group_name', text()),
      row('service', text()),
      row('price', PRICE),
      ...HANDLING,
      ...TRANSIT,
      row('handling_cutoff_time', text(4, CUTOFF_PATTERN), TYPINGS),
      row('handling_cutoff_timezone', text(), TYPINGS),
      row('loyalty_program_label', text(), TYPINGS),
      row('loyalty_tier_label', text(), TYPINGS),
    ),
    {
      list: 100,
      requirement: 'conditional',
      note: 'Required in 27 countries unless the account has shipping settings.',
    },
  ),
  row(
    'carrier_shipping',
    tiedGroup(
      CARRIER_TIES,
      COUNTRY,
      row('region', text()),
      row('postal_code', text()),
      row('origin_postal_code', text()),
      row('flat_price', PRICE),
      row('carrier_price', choice(...CARRIER_PRICES)),
      row('carrier_price_flat_adjustment', { kind: 'price', signed: true }),
      row('carrier_price_percentage_adjustment', number()),
      ...HANDLING,
      row('fixed_min_transit_time', integer(0)),
      row('fixed_max_transit_time', integer(0)),
      row('carrier_transit_time', choice(...CARRIER_TRANSIT_TIMES)),
    ),
    { list: 100, ...TYPINGS },
  ),
  row('shipping_label', text(100)),
  row('shipping_weight', measure(['lb', 'oz', 'g', 'kg'], 1_000_000)),
  row('shipping_length', SHIPPING_DIMENSION),
  row('shipping_width', SHIPPING_DIMENSION),
  row('shipping_height', SHIPPING_DIMENSION),
  row('ships_from_country', text(2), { custom: true, field: 'ships from country' }),
  row('max_handling_time', integer(0)),
  row('min_handling_time', integer(0), { note: 'Only with max_handling_time.' }),
  row(
    'handling_cutoff_time',
    tiedGroup(
      { needs: [['cutoff_timezone', 'cutoff_time']] },
      COUNTRY,
      row('cutoff_time', text(4, CUTOFF_PATTERN)),
      row('cutoff_timezone', text()),
      row('disable_delivery_after_cutoff', YES_NO),
    ),
    { field: 'handlingCutoffTimes', list: 100, ...TYPINGS },
  ),
  row('shipping_handling_business_days', BUSINESS_DAYS, { list: 100 }),
  row('shipping_transit_business_days', BUSINESS_DAYS, { list: 100 }),
  row('transit_time_label', text(100)),
  row('free_shipping_threshold', group(COUNTRY, row('price_threshold', PRICE, { requirement: 'required' })), {
    list: 100,
  }),
  row('return_policy_label', text(100)),
  row(
    'returns',
    group(
      row('country', text(2), { field: 'countries', list: 250 }),
      row('policy_url', URL_VALUE),
      row('window_type', choice('FINITE_RETURN_WINDOW', 'NO_RETURNS', 'LIFETIME')),
      row('window_days', integer(0)),
      row('method', choice('BY_MAIL', 'IN_STORE', 'AT_A_KIOSK', 'DROP_OFF_LOCATION'), {
        field: 'methods',
        list: 4,
      }),
      row('item_condition', choice('NEW', 'LIKE_NEW', 'USED', 'DEFECTIVE_ONLY'), {
        field: 'itemConditions',
        list: 4,
      }),
      row('outcome', choice('REFUND', 'EXCHANGE', 'STORE_CREDIT'), { field: 'outcomes', list: 3 }),
      row('shipping_fee', PRICE),
      row('shipping_fee_type', choice('CUSTOMER_RESPONSIBILITY', 'DEDUCTED_FROM_REFUND')),
      row('restocking_fee', PRICE),
      row('restocking_percentage_fee', number(0, 100)),
    ),
    { list: 100, ...TYPINGS },
  ),
];

/** Pickup in a store. */
export const PICKUP: readonly AttributeRow[] = [
  row('pickup_method', choice('NOT_SUPPORTED', 'BUY', 'RESERVE', 'SHIP_TO_STORE'), { source: 'local' }),
  row(
    'pickup_sla',
    choice('SAME_DAY', 'NEXT_DAY', 'TWO_DAY', 'THREE_DAY', 'FOUR_DAY', 'FIVE_DAY', 'SIX_DAY', 'MULTI_WEEK'),
    { source: 'local' },
  ),
  row(
    'pickup_cost',
    group(row('flat_rate', PRICE, { requirement: 'required' }), row('free_threshold', PRICE)),
    { source: 'local' },
  ),
  row('link_template', text(2000), { source: 'local' }),
  row('mobile_link_template', text(2000), { source: 'local' }),
];
