import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { ATTRIBUTES, type Attribute } from './attributes.js';

const MONEY = '^\\d{1,12}(\\.\\d{1,4})? [A-Z]{3}$';
const MOMENT = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})';
const ADDRESS: JsonObject = { type: 'string', pattern: '^https?://[^\\s@]+$' };

/** JSON Schema of a listing, made from the attribute table. Which picture attribute is there is checked by the audit. */
export const listingSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ATTRIBUTES.filter((row) => row.required).map((row) => row.name),
  properties: Object.fromEntries(
    ATTRIBUTES.map((row) => [row.name, { ...schemaOf(row), description: row.note }]),
  ),
};

function schemaOf(row: Attribute): JsonObject {
  switch (row.type) {
    case 'text':
      return { type: 'string', minLength: 1, maxLength: row.max };
    case 'url':
      return ADDRESS;
    case 'money':
      return { type: 'string', pattern: MONEY };
    case 'window':
      return { type: 'string', pattern: `^${MOMENT}/${MOMENT}$` };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
    case 'whole':
      return { type: 'integer', minimum: row.name === 'rating_count' ? 1 : 0, maximum: 4_294_967_295 };
    case 'number':
      return { type: 'number', minimum: 1, maximum: 5 };
    case 'enum':
      return { enum: row.values as JsonValue };
    case 'measure':
      return { type: 'string', pattern: `^\\d+(\\.\\d+)? (${(row.values ?? []).join('|')})$` };
    case 'texts':
      return { type: 'array', maxItems: row.max, items: { type: 'string', minLength: 1, maxLength: 110 } };
    case 'urls':
      return { type: 'array', maxItems: row.max, items: ADDRESS };
    case 'object':
      return membersOf(row);
    case 'objects':
      return { type: 'array', maxItems: row.max, items: membersOf(row) };
  }
}

function membersOf(row: Attribute): JsonObject {
  const members = row.members ?? [];
  const plain = (member: string): string => member.replace(/\*|\[\]/g, '');
  return {
    type: 'object',
    additionalProperties: false,
    required: members.filter((member) => member.endsWith('*')).map(plain),
    properties: Object.fromEntries(members.map((member) => [plain(member), memberSchema(member)])),
  };
}

function memberSchema(member: string): JsonObject {
  if (member.endsWith('[]')) return { type: 'array', items: { type: 'string', minLength: 1 } };
  if (member === 'url*') return ADDRESS;
  return { type: ['string', 'number'] };
}
