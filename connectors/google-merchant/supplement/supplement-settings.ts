import type { JsonObject } from '../../../src/domain/json.js';
import { ATTRIBUTES } from '../attributes.js';

/** Which attributes go through a supplemental data source, and which source that is. */
export interface SupplementSettings extends JsonObject {
  /** By this our own source is known again; part of its name in Merchant Center. */
  readonly name: string;
  /** Number of an API source for supplements that the operator wants used. Absent: our own is found or created. */
  readonly dataSource?: string;
  /** Names of listing attributes. */
  readonly attributes: readonly string[];
}

/** Without these the primary input is no product. */
const OF_THE_PRODUCT: ReadonlySet<string> = new Set(['title', 'description', 'link', 'image_link']);

/**
 * Attributes a supplement may carry: not what makes the product, and not what changes with price and stock, which is patched in
 * the primary source alone.
 */
export const SUPPLEMENT_ATTRIBUTES: readonly string[] = ATTRIBUTES.filter(
  ({ name, lane }) => lane !== 'offer' && !OF_THE_PRODUCT.has(name),
).map(({ name }) => name);

/** JSON Schema of `SupplementSettings`. */
export const SUPPLEMENT_SCHEMA: JsonObject = {
  type: 'object',
  title: 'Supplemental data source',
  description:
    'Sends some attributes through a data source of their own, which is linked to the primary one.',
  additionalProperties: false,
  required: ['name', 'attributes'],
  properties: {
    name: { type: 'string', pattern: '^[\\w -]{1,40}$', title: 'Name' },
    dataSource: {
      type: 'string',
      pattern: '^\\d{1,20}$',
      title: 'Data source',
      description: 'Number of a supplemental API data source. Leave empty: Omnifeed keeps its own.',
    },
    attributes: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', enum: [...SUPPLEMENT_ATTRIBUTES] },
      title: 'Attributes sent through it',
    },
  },
};
