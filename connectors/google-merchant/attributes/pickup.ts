import { type AttributeRow, choice, group, PRICE, row, text } from './row.js';

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
