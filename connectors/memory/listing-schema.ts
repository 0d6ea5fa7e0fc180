import type { JsonObject } from '../../src/domain/json.js';

const MONEY = { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,4})? [A-Z]{3}$' } as const;
const ADDRESS = { type: 'string', pattern: '^https?://' } as const;

/** JSON Schema of a listing. Attributes it does not name are taken as they are. */
export const listingSchema: JsonObject = {
  type: 'object',
  required: ['title', 'price'],
  additionalProperties: true,
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 150 },
    description: { type: 'string', maxLength: 5_000 },
    brand: { type: 'string', maxLength: 100 },
    gtin: { type: 'string', pattern: '^(\\d{8}|\\d{12,14})$' },
    link: ADDRESS,
    image_link: ADDRESS,
    item_group_id: { type: 'string', maxLength: 100 },
    color: { type: 'string', maxLength: 100 },
    size: { type: 'string', maxLength: 100 },
    price: MONEY,
    sale_price: MONEY,
    availability: { enum: ['in_stock', 'out_of_stock', 'backorder', 'preorder'] },
    quantity: { type: 'integer', minimum: 0 },
  },
};

/** Attributes that may be sent alone. */
export const offerAttributes: readonly string[] = ['price', 'sale_price', 'availability', 'quantity'];
