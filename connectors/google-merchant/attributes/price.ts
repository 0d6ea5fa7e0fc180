import { ALWAYS, togetherWith, UNIT_PRICE } from './demand.js';
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
  wholeMeasure,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;

const UNIT_PRICING = ['oz lb mg g kg floz pt qt gal ml cl l cbm in ft yd cm m sqft sqm ct'].flatMap((line) =>
  line.split(' '),
);

/** Prices and availability (specification 5.2). */
export const PRICE_AND_AVAILABILITY: readonly AttributeRow[] = [
  row('availability', choice('IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'LIMITED_AVAILABILITY', 'BACKORDER'), {
    demands: ALWAYS,
    lane: 'offer',
    note: 'limited_availability is for local listings only.',
  }),
  row('availability_date', INSTANT, {
    demands: [{ level: 'must', given: { availability: ['preorder', 'backorder'] } }],
    lane: 'offer',
    note: 'At most a year ahead.',
  }),
  row('disclosure_date', INSTANT),
  row('expiration_date', INSTANT, { note: 'Can only shorten the 30 days of life.' }),
  row('price', PRICE, {
    demands: ALWAYS,
    lane: 'offer',
    note: 'Above zero; with VAT outside US and CA, without sales tax there.',
  }),
  row('sale_price', PRICE, {
    demands: [togetherWith('sale_price_effective_date', 'should')],
    lane: 'offer',
    note: 'Below price, same currency.',
  }),
  row('sale_price_effective_date', INTERVAL, { lane: 'offer', note: 'Only with sale_price.' }),
  row('sell_on_google_quantity', integer(0), {
    lane: 'offer',
    ...TYPINGS,
    note: 'Quantity for sale on Google. Buy on Google ended in 2023; the field remains.',
  }),
  row('maximum_retail_price', PRICE, { note: 'India.' }),
  row('auto_pricing_min_price', PRICE, { lane: 'offer', note: 'Floor of automated discounts.' }),
  row('cost_of_goods_sold', PRICE, { lane: 'offer' }),
  row('unit_pricing_measure', measure(UNIT_PRICING, null), {
    demands: UNIT_PRICE,
    note: 'For goods sold by weight or volume.',
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
