import type { JsonObject } from '../../src/domain/json.js';
import { ATTRIBUTES } from './attributes.js';
import { objectSchema } from './value-codecs.js';

/**
 * JSON Schema of a canonical listing, built from the attribute table. Cross-field rules that a schema can say are here;
 * policy is in `audit.ts`.
 */
export const LISTING_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Google Merchant Center listing',
  ...objectSchema(ATTRIBUTES),
  allOf: [
    { anyOf: [{ required: ['title'] }, { required: ['structured_title'] }] },
    { anyOf: [{ required: ['description'] }, { required: ['structured_description'] }] },
  ],
};
