import { tableSchema } from '../../src/channel/attribute-table.js';
import type { JsonObject } from '../../src/domain/json.js';
import { ATTRIBUTES } from './attributes.js';
import { formOf } from './value-forms.js';

/** JSON Schema of a canonical listing, made from the attribute table. Which picture and which identifier is there is checked by the audit. */
export const listingSchema: JsonObject = tableSchema(ATTRIBUTES, formOf);
