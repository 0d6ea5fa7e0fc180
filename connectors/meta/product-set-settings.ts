import type { JsonObject } from '../../src/domain/json.js';

/** A product set of the settings: which items ads and shops may address together. */
export type ProductSet = {
  readonly name: string;
  /** Meta's filter, such as `{"internal_label":{"is_any":["black_friday"]}}`. */
  readonly filter: JsonObject;
};

/** JSON Schema of the setting. */
export const productSetsSchema: JsonObject = {
  type: 'array',
  maxItems: 500,
  title: 'Product sets',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'filter'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      filter: {
        type: 'object',
        minProperties: 1,
        description: 'Match internal_label whole (`is_any`): part of a word finds too much.',
      },
    },
  },
};
