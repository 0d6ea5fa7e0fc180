import type { JsonObject } from '../../src/domain/json.js';

/**
 * One attribute of a listing. On the wire every attribute is an array of instances; an instance is an object of `members`
 * plus the `selectors` that tell instances apart.
 */
export interface AttributeRow {
  readonly name: string;
  readonly title: string;
  readonly group: 'product' | 'offer' | 'picture' | 'family';
  readonly selectors: readonly Selector[];
  /** JSON Schema of each member, selectors left out. */
  readonly members: Readonly<Record<string, JsonObject>>;
  /** Members an instance must have, besides selectors. */
  readonly required: readonly string[];
  /** Most instances per combination of selectors. */
  readonly maxItems: number;
  /** Most bytes of UTF-8 in `value`, where Amazon counts bytes too. */
  readonly maxBytes?: number;
}

/** Members that tell instances of an attribute apart and are filled in by `shape`. */
export type Selector = 'marketplace_id' | 'language_tag' | 'currency' | 'audience';

/** An amount, as a JSON number. */
export const price: JsonObject = { type: 'number', exclusiveMinimum: 0 };
/** A date or an instant. */
export const instant: JsonObject = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2}))?$',
};

/** A text in the store's language. */
export function words(
  name: string,
  title: string,
  maxLength: number,
  more: Partial<AttributeRow> = {},
): AttributeRow {
  return {
    name,
    title,
    group: 'product',
    selectors: ['marketplace_id', 'language_tag'],
    members: { value: { type: 'string', minLength: 1, maxLength } },
    required: ['value'],
    maxItems: 1,
    ...more,
  };
}

/** One value that has no language. */
export function fact(
  name: string,
  title: string,
  value: JsonObject,
  more: Partial<AttributeRow> = {},
): AttributeRow {
  return {
    name,
    title,
    group: 'product',
    selectors: ['marketplace_id'],
    members: { value },
    required: ['value'],
    maxItems: 1,
    ...more,
  };
}

/** A picture at an address Amazon fetches. */
export function picture(name: string, title: string): AttributeRow {
  return {
    name,
    title,
    group: 'picture',
    selectors: ['marketplace_id'],
    members: { media_location: { type: 'string', pattern: '^https?://[^\\s]+$', maxLength: 2_000 } },
    required: ['media_location'],
    maxItems: 1,
  };
}
