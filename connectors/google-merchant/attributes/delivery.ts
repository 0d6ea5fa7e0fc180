import { CARRIER_PRICES, CARRIER_TRANSIT_TIMES } from './carriers.js';
import { SHIPPING_COST, togetherWith, withSides } from './demand.js';
import {
  type AttributeRow,
  choice,
  group,
  integer,
  measure,
  number,
  PRICE,
  row,
  text,
  tiedGroup,
  URL_VALUE,
  YES_NO,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;

const COUNTRY = row('country', text(2), { note: 'CLDR territory code.' });
const CUTOFF_PATTERN = '^([01]\\d|2[0-3])[0-5]\\d$';

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
      list: 1_000,
      usual: 100,
      demands: SHIPPING_COST,
      note: 'Or shipping settings of the account.',
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
  row('shipping_length', SHIPPING_DIMENSION, { demands: withSides('shipping_width', 'shipping_height') }),
  row('shipping_width', SHIPPING_DIMENSION, { demands: withSides('shipping_length', 'shipping_height') }),
  row('shipping_height', SHIPPING_DIMENSION, { demands: withSides('shipping_length', 'shipping_width') }),
  row('ships_from_country', text(2), { custom: true, field: 'ships from country' }),
  row('max_handling_time', integer(0), { demands: [togetherWith('min_handling_time', 'must')] }),
  row('min_handling_time', integer(0)),
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
    list: 1_000,
    usual: 100,
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
