import { gtinDigits } from '../../src/domain/gtin.js';
import { instantOf, readInstant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { unitOf } from '../../src/domain/measure.js';
import type { AttributeRow, MemberTies, ValueType } from './attributes/row.js';
import { moneyFromMicros, readMoneyText, spellMoneyText } from './money-text.js';

/** How one kind of value is checked, spelled, sent and read back. `null` from `encode` and `decode`: does not fit. */
interface Codec<Type extends ValueType> {
  /** JSON Schema of the canonical listing form. */
  schema(type: Type): JsonObject;
  /** Google's spelling of a listing value; what cannot be read is handed back as it came, for the schema to refuse. */
  canonical(value: JsonValue, type: Type): JsonValue;
  encode(value: JsonValue, type: Type): JsonValue | null;
  decode(value: JsonValue, type: Type): JsonValue | null;
}

type Codecs = { readonly [Kind in ValueType['kind']]: Codec<Extract<ValueType, { kind: Kind }>> };

const asText = (value: JsonValue): string | null => (typeof value === 'string' ? value : null);
const trimmed = (value: JsonValue): JsonValue => (typeof value === 'string' ? value.trim() : value);

const CODECS: Codecs = {
  text: {
    schema: (type) => ({
      type: 'string',
      minLength: 1,
      ...(type.max === null ? {} : { maxLength: type.max }),
      ...(type.pattern === undefined ? {} : { pattern: type.pattern }),
    }),
    canonical: trimmed,
    encode: asText,
    decode: asText,
  },
  url: {
    schema: () => ({ type: 'string', maxLength: 2000, pattern: '^https?://[!-~]+$' }),
    canonical: trimmed,
    encode: asText,
    decode: asText,
  },
  gtin: {
    schema: () => ({ type: 'string', pattern: '^(\\d{8}|\\d{12,14})$' }),
    canonical: (value) => (typeof value === 'string' ? gtinDigits(value) : value),
    encode: asText,
    decode: asText,
  },
  'yes-no': {
    schema: () => ({ type: 'string', enum: ['yes', 'no'] }),
    canonical: spellYesNo,
    encode: (value) => (value === 'yes' ? true : value === 'no' ? false : null),
    decode: (value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : null),
  },
  integer: {
    schema: (type) => ({ type: 'integer', minimum: type.min, maximum: Number.MAX_SAFE_INTEGER }),
    canonical: (value) => (typeof value === 'string' ? (wholeNumber(value.trim()) ?? value) : value),
    encode: (value) => (Number.isSafeInteger(value) ? String(value) : null),
    decode: (value) =>
      typeof value === 'string' || typeof value === 'number' ? wholeNumber(String(value)) : null,
  },
  number: {
    schema: (type) => ({
      type: 'number',
      ...(type.min === null ? {} : { minimum: type.min }),
      ...(type.max === null ? {} : { maximum: type.max }),
    }),
    canonical: (value) => (typeof value === 'string' ? (decimalNumber(value.trim()) ?? value) : value),
    encode: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
    decode: (value) => (typeof value === 'number' ? value : null),
  },
  instant: {
    schema: () => ({ type: 'string', pattern: `^${INSTANT_PATTERN}$` }),
    canonical: (value) => (typeof value === 'string' ? (spellInstant(value) ?? value) : value),
    encode: asText,
    decode: (value) => (typeof value === 'string' ? spellInstant(value) : null),
  },
  interval: {
    schema: () => ({ type: 'string', pattern: `^${INSTANT_PATTERN}/${INSTANT_PATTERN}$` }),
    canonical: (value) => (typeof value === 'string' ? (spellInterval(value) ?? value) : value),
    encode: encodeInterval,
    decode: decodeInterval,
  },
  price: {
    schema: (type) => ({
      type: 'string',
      pattern: `^${type.signed ? '-?' : ''}\\d{1,13}(\\.\\d{1,6})? [A-Z]{3}$`,
    }),
    canonical: (value) => (typeof value === 'string' ? (spellMoneyText(value) ?? value) : value),
    encode: (value) => (typeof value === 'string' ? readMoneyText(value) : null),
    decode: moneyFromMicros,
  },
  choice: {
    schema: (type) => ({ type: 'string', enum: Object.keys(type.values) }),
    canonical: (value, type) =>
      typeof value === 'string' ? (feedSpelling(value, type.values) ?? value) : value,
    encode: (value, type) =>
      typeof value === 'string' && Object.hasOwn(type.values, value) ? (type.values[value] ?? null) : null,
    decode: decodeChoice,
  },
  measure: {
    schema: (type) => ({
      type: 'string',
      pattern: `^\\d{1,9}${type.number === 'double' ? '(\\.\\d{1,6})?' : ''} (${Object.keys(type.units).join('|')})$`,
    }),
    canonical: (value, type) =>
      typeof value === 'string' ? (spellMeasure(value, type.units) ?? value) : value,
    encode: encodeMeasure,
    decode: decodeMeasure,
  },
  group: {
    schema: (type) => ({ ...objectSchema(type.members), ...tiesSchema(type.ties) }),
    canonical: (value, type) => (isJsonObject(value) ? canonicalMembers(value, type.members) : value),
    encode: (value, type) => (isJsonObject(value) ? encodeMembers(value, type.members) : null),
    decode: (value, type) => (isJsonObject(value) ? decodeMembers(value, type.members) : null),
  },
};

const INSTANT_PATTERN = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z';

/** JSON Schema of an object with the given members and no others. */
export function objectSchema(rows: readonly AttributeRow[]): JsonObject {
  const required = rows.filter((row) => row.requirement === 'required').map((row) => row.name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(rows.map((row) => [row.name, rowSchema(row)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Members that exclude each other, and members that need another one. */
function tiesSchema({ clashes, needs }: MemberTies): JsonObject {
  const dependencies: Record<string, JsonObject> = {};
  for (const name of new Set([...clashes, ...needs].map(([first]) => first))) {
    const others = clashes.filter(([first]) => first === name).map(([, other]) => [other, false] as const);
    const needed = needs.filter(([first]) => first === name).map(([, other]) => other);
    dependencies[name] = { properties: Object.fromEntries(others), required: needed };
  }
  return Object.keys(dependencies).length === 0 ? {} : { dependencies };
}

function rowSchema(row: AttributeRow): JsonObject {
  const about = row.note === '' ? {} : { description: row.note };
  const single = codecOf(row.type).schema(row.type);
  if (row.list === null) return { ...about, ...single };
  const many = { type: 'array', items: single, minItems: row.plainWhenSingle ? 2 : 1, maxItems: row.list };
  return row.plainWhenSingle ? { ...about, anyOf: [single, many] } : { ...about, ...many };
}

/** A value of an attribute in Google's spelling; single values of lists are wrapped, single GTINs unwrapped. */
export function canonicalValue(value: JsonValue, row: AttributeRow): JsonValue {
  const codec = codecOf(row.type);
  if (row.list === null) return codec.canonical(value, row.type);
  const values = (isJsonArray(value) ? value : [value]).map((entry) => codec.canonical(entry, row.type));
  return row.plainWhenSingle && values.length === 1 ? (values[0] ?? null) : values;
}

/** A canonical value as Google's API takes it; null when it does not fit its type. */
export function encodeValue(value: JsonValue, row: AttributeRow): JsonValue | null {
  const codec = codecOf(row.type);
  if (row.list === null) return codec.encode(value, row.type);
  const values = (isJsonArray(value) ? value : [value]).map((entry) => codec.encode(entry, row.type));
  return values.includes(null) ? null : values;
}

/** What Google tells of an attribute, in listing form; null when it cannot be read (Google may add forms any day). */
export function decodeValue(value: JsonValue, row: AttributeRow): JsonValue | null {
  const codec = codecOf(row.type);
  if (row.list === null) return codec.decode(value, row.type);
  if (!isJsonArray(value)) return null;
  const values = value.map((entry) => codec.decode(entry, row.type)).filter((entry) => entry !== null);
  if (values.length === 0) return null;
  return row.plainWhenSingle && values.length === 1 ? (values[0] ?? null) : values;
}

function codecOf(type: ValueType): Codec<ValueType> {
  // Each codec is only ever handed values of the type it is looked up by.
  return CODECS[type.kind] as Codec<ValueType>;
}

function canonicalMembers(value: JsonObject, rows: readonly AttributeRow[]): JsonObject {
  const members: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const row = rows.find((candidate) => candidate.name === name);
    members[name] = row ? canonicalValue(member, row) : member;
  }
  return members;
}

function encodeMembers(value: JsonObject, rows: readonly AttributeRow[]): JsonObject | null {
  const fields: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const row = rows.find((candidate) => candidate.name === name);
    const encoded = row ? encodeValue(member, row) : null;
    if (!row || encoded === null) return null;
    fields[row.field] = encoded;
  }
  return fields;
}

function decodeMembers(value: JsonObject, rows: readonly AttributeRow[]): JsonObject | null {
  const members: Record<string, JsonValue> = {};
  for (const row of rows) {
    const field = value[row.field];
    const decoded = field === undefined || field === null ? null : decodeValue(field, row);
    if (decoded !== null) members[row.name] = decoded;
  }
  return Object.keys(members).length === 0 ? null : members;
}

function spellYesNo(value: JsonValue): JsonValue {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return value;
  const plain = value.trim().toLowerCase();
  if (plain === 'true') return 'yes';
  return plain === 'false' ? 'no' : plain;
}

function wholeNumber(text: string): number | null {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

function decimalNumber(text: string): number | null {
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** RFC 3339 in UTC, without milliseconds where there are none, as Google writes it. */
function spellInstant(text: string): string | null {
  const instant = readInstant(text.replace(/\.(\d{3})\d+/, '.$1'));
  return instant === null ? null : instantOf(Date.parse(instant)).replace('.000Z', 'Z');
}

function spellInterval(text: string): string | null {
  const [start, end, ...more] = text.split('/').map((part) => spellInstant(part));
  return start && end && more.length === 0 ? `${start}/${end}` : null;
}

function encodeInterval(value: JsonValue): JsonValue | null {
  const [startTime, endTime] = typeof value === 'string' ? value.split('/') : [];
  return startTime !== undefined && endTime !== undefined ? { startTime, endTime } : null;
}

function decodeInterval(value: JsonValue): JsonValue | null {
  if (!isJsonObject(value) || typeof value.startTime !== 'string' || typeof value.endTime !== 'string')
    return null;
  return spellInterval(`${value.startTime}/${value.endTime}`);
}

const loose = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');

function feedSpelling(text: string, values: Readonly<Record<string, string>>): string | null {
  if (Object.hasOwn(values, text)) return text;
  return Object.keys(values).find((candidate) => loose(candidate) === loose(text)) ?? null;
}

/** Values Google added after the table was written are kept in small letters. */
function decodeChoice(value: JsonValue, type: Extract<ValueType, { kind: 'choice' }>): JsonValue | null {
  if (typeof value !== 'string') return null;
  const known = Object.entries(type.values).find(([, api]) => api === value);
  return known ? known[0] : value.toLowerCase();
}

const MEASURE = /^(\d+(?:\.\d+)?)\s*(\S.*)$/;

function spellMeasure(text: string, units: Readonly<Record<string, string>>): string | null {
  const [, digits, word] = MEASURE.exec(text.trim()) ?? [];
  if (digits === undefined || word === undefined) return null;
  const plain = word.trim().toLowerCase();
  const unit = Object.hasOwn(units, plain) ? plain : unitOf(plain);
  return unit === null ? null : `${decimalText(Number(digits))} ${unit}`;
}

/** At most six digits after the point and never an exponent. */
function decimalText(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '');
}

function encodeMeasure(value: JsonValue, type: Extract<ValueType, { kind: 'measure' }>): JsonValue | null {
  const [, digits, word] = (typeof value === 'string' ? MEASURE.exec(value) : null) ?? [];
  const unit = word !== undefined && Object.hasOwn(type.units, word) ? type.units[word] : undefined;
  if (digits === undefined || unit === undefined) return null;
  if (Number(digits) <= 0 || (type.max !== null && Number(digits) > type.max)) return null;
  if (type.number === 'int64') return /^\d+$/.test(digits) ? { value: digits, unit } : null;
  return { value: Number(digits), unit };
}

function decodeMeasure(value: JsonValue, type: Extract<ValueType, { kind: 'measure' }>): JsonValue | null {
  if (!isJsonObject(value) || typeof value.unit !== 'string') return null;
  const digits = Number(value.value);
  if (!Number.isFinite(digits)) return null;
  const known = Object.entries(type.units).find(([, api]) => api === value.unit);
  return `${decimalText(digits)} ${known ? known[0] : value.unit.toLowerCase()}`;
}
