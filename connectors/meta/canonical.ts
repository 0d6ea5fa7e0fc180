import { canonicalByTable } from '../../src/channel/attribute-table.js';
import type { JsonObject } from '../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME } from './attributes.js';
import { formOf } from './value-forms.js';

/** Spells a listing as Meta spells it back. Idempotent. */
export function canonical(attributes: JsonObject): JsonObject {
  return canonicalByTable(attributes, ATTRIBUTE_BY_NAME, formOf);
}
