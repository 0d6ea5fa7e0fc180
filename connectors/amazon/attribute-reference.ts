import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { AttributeRow } from './attribute-row.js';
import { ATTRIBUTES, ATTRIBUTES_SOURCE } from './attributes.js';
import { PRODUCT_TYPES } from './product-types.js';

/** The attribute table and the product types as Markdown lists, for the README. `?` marks a member that may be missing. */
export function attributeReference(): string {
  const rows = ATTRIBUTES.map((row) => `- \`${row.name}\`: ${row.title}. ${membersOf(row)}${numberOf(row)}`);
  const types = PRODUCT_TYPES.map((type) => `- \`${type.name}\`: ${type.title}${needOf(type.required)}`);
  return [
    ...rows,
    '',
    `Source: ${ATTRIBUTES_SOURCE.source}; verified ${ATTRIBUTES_SOURCE.verified}.`,
    '',
    'Product types, and what they ask for besides what every listing needs:',
    '',
    ...types,
  ].join('\n');
}

function numberOf(row: AttributeRow): string {
  return row.maxItems === 1 ? '' : `; at most ${row.maxItems}`;
}

function needOf(required: readonly string[]): string {
  return required.length === 0 ? '' : `; ${required.join(', ')}`;
}

function membersOf(row: AttributeRow): string {
  return Object.entries(row.members)
    .map(([name, schema]) => `${name}${row.required.includes(name) ? '' : '?'} (${limitOf(schema)})`)
    .join(', ');
}

function limitOf(schema: JsonObject): string {
  if (isJsonArray(schema.enum)) return schema.enum.join('/');
  if (schema.type === 'array' && isJsonObject(schema.items)) return 'schedule';
  if (typeof schema.maxLength === 'number') return `text ≤ ${schema.maxLength}`;
  if (schema.type === 'integer') return whole(schema);
  return typeof schema.type === 'string' ? schema.type.replace('string', 'text') : 'any';
}

function whole({ minimum, maximum }: JsonObject): string {
  return maximum === undefined ? `whole number ≥ ${minimum}` : `whole number ${minimum} to ${maximum}`;
}
