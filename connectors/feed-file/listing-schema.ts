import type { JsonObject } from '../../src/domain/json.js';
import type { Column } from './columns.js';
import { GOOGLE_COLUMNS, GOOGLE_REQUIRED } from './google-columns.js';
import { META_COLUMNS, META_REQUIRED } from './meta-columns.js';
import type { FeedFormat } from './settings.js';

/**
 * JSON Schema of a listing for a format. Meta files take Google's attributes too, so that one mapping serves all formats;
 * what Meta does not know stays out of the file. JSON lines take anything but an attribute named `id`.
 */
export function listingSchemaOf(format: FeedFormat): JsonObject {
  if (format === 'jsonl') {
    return { type: 'object', additionalProperties: true, properties: { id: false } };
  }
  if (format.startsWith('google-')) return schemaOf(GOOGLE_COLUMNS, GOOGLE_REQUIRED);
  const known = new Set(META_COLUMNS.map((column) => column.name));
  const others = GOOGLE_COLUMNS.filter((column) => !known.has(column.name));
  return schemaOf([...META_COLUMNS, ...others], META_REQUIRED);
}

function schemaOf(columns: readonly Column[], required: readonly string[]): JsonObject {
  return {
    type: 'object',
    additionalProperties: false,
    required,
    properties: Object.fromEntries(columns.map((column) => [column.name, column.schema])),
  };
}
