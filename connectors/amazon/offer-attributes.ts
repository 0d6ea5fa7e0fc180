import type { JsonObject } from '../../src/domain/json.js';
import { type AttributeRow, fact, instant, price } from './attribute-row.js';

const amountOf = (members: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['schedule'],
    properties: {
      schedule: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: Object.keys(members),
          properties: members,
        },
      },
    },
  },
});
const moment: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['value'],
  properties: { value: instant },
};

/** From `lower_bound` units on the price is `value`, or less by `value` percent (spec 2.5; verified 2026-11). */
const LEVEL: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['lower_bound', 'value'],
  properties: { lower_bound: { type: 'integer', minimum: 2 }, value: price },
};

/** Attributes of the offer: price, stock, how it is sold. */
export const OFFER: readonly AttributeRow[] = [
  fact('list_price', 'List price', price, {
    group: 'offer',
    selectors: ['marketplace_id', 'currency'],
    members: { value: price, value_with_tax: price },
    required: [],
  }),
  {
    name: 'purchasable_offer',
    title: 'Price',
    group: 'offer',
    selectors: ['marketplace_id', 'currency', 'audience'],
    members: {
      our_price: amountOf({ value_with_tax: price }),
      discounted_price: amountOf({ value_with_tax: price, start_at: instant, end_at: instant }),
      minimum_seller_allowed_price: amountOf({ value_with_tax: price }),
      maximum_seller_allowed_price: amountOf({ value_with_tax: price }),
      map_price: amountOf({ value_with_tax: price }),
      quantity_discount_plan: amountOf({
        discount_type: { type: 'string', enum: ['fixed', 'percent'] },
        levels: { type: 'array', minItems: 1, maxItems: 5, items: LEVEL },
      }),
      start_at: moment,
      end_at: moment,
    },
    required: ['our_price'],
    maxItems: 1, // per audience
  },
  {
    name: 'fulfillment_availability',
    title: 'Stock',
    group: 'offer',
    // Has no marketplace_id, although reads return one: the definition forbids it.
    selectors: [],
    members: {
      // DEFAULT, AMAZON_NA …, or a code the account has for one of its own locations: then the store's definition lists it.
      fulfillment_channel_code: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
      quantity: { type: 'integer', minimum: 0 },
      lead_time_to_ship_max_days: { type: 'integer', minimum: 0, maximum: 30 },
      restock_date: instant,
      is_inventory_available: { type: 'boolean' },
    },
    required: ['fulfillment_channel_code'],
    maxItems: 20,
  },
  fact('merchant_shipping_group', 'Shipping template (its key, not its name)', {
    type: 'string',
    minLength: 1,
  }),
  fact('max_order_quantity', 'Most units per order', { type: 'integer', minimum: 1 }),
  fact('skip_offer', 'Item without an offer', { type: 'boolean' }),
];
