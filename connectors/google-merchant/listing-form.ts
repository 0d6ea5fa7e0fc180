import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { AttributeRow } from './attributes/row.js';
import { ATTRIBUTE_BY_FIELD, ATTRIBUTE_BY_NAME, ATTRIBUTES, OFFER_ROWS } from './attributes.js';
import { canonicalValue, decodeValue, encodeValue } from './value-codecs.js';

/** Spells a listing as Google will spell it back. Unknown attributes stay for the schema to refuse. Idempotent. */
export function canonicalListing(attributes: JsonObject): JsonObject {
  const listing: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    const row = ATTRIBUTE_BY_NAME.get(name);
    const spelled = row ? canonicalValue(value, row) : value;
    listing[name] = name === GENERIC ? spacedNames(spelled) : spelled;
  }
  return listing;
}

/** A listing in Google's fields, or what is wrong with it. */
export type Encoded =
  | {
      readonly fits: true;
      readonly productAttributes: JsonObject;
      readonly customAttributes: readonly JsonObject[];
    }
  | { readonly fits: false; readonly issues: readonly Issue[] };

/** Turns a canonical listing into `productAttributes` and `customAttributes`. */
export function encodeListing(attributes: JsonObject): Encoded {
  const productAttributes: Record<string, JsonValue> = {};
  const customAttributes: JsonObject[] = [];
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    const row = ATTRIBUTE_BY_NAME.get(name);
    const encoded = row ? encodeValue(value, row) : null;
    if (!row || encoded === null) issues.push(unfit(name, value, row));
    else if (row.custom) customAttributes.push(...genericForm(row, value));
    else productAttributes[row.field] = encoded;
  }
  return issues.length > 0 ? { fits: false, issues } : { fits: true, productAttributes, customAttributes };
}

/** The offer fields of a listing; `mask` names all of them, so that one the listing no longer has is taken off. */
export function encodeOffer(attributes: JsonObject): Encoded {
  const offer = Object.fromEntries(OFFER_ROWS.map((row) => [row.name, attributes[row.name]]));
  return encodeListing(offer);
}

/** The mask that goes with an offer patch (REST spelling, camelCase). */
export const OFFER_MASK: string = OFFER_ROWS.map((row) => `productAttributes.${row.field}`).join(',');

/** The listing in what Google tells of a product. Fields and forms we do not know are left out. */
export function decodeListing(product: JsonObject): JsonObject {
  const listing: Record<string, JsonValue> = {};
  const fields = isJsonObject(product.productAttributes) ? product.productAttributes : {};
  for (const [field, value] of Object.entries(fields)) {
    const row = ATTRIBUTE_BY_FIELD.get(field);
    const decoded = row && value !== undefined && value !== null ? decodeValue(value, row) : null;
    if (row && decoded !== null) listing[row.name] = decoded;
  }
  readGeneric(isJsonArray(product.customAttributes) ? product.customAttributes : [], listing);
  return listing;
}

const GENERIC = 'custom_attribute';
const CUSTOM_BY_FIELD = new Map(
  ATTRIBUTES.filter((row) => row.custom && row.name !== GENERIC).map((row) => [row.field, row]),
);

function unfit(name: string, value: JsonValue, row: AttributeRow | undefined): Issue {
  const shown = JSON.stringify(value).slice(0, 80);
  return {
    severity: 'error',
    code: row ? 'value_does_not_fit' : 'unknown_attribute',
    attribute: name,
    origin: 'ours',
    message: row ? `${name} cannot be ${shown}.` : `Google has no attribute ${name}.`,
    advice: row
      ? 'Correct the value in the mapping.'
      : 'Use a name of the attribute table, or custom_attribute for one of your own.',
  };
}

/** Google turns underscores in names of generic attributes into blanks. */
function spacedNames(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(spacedNames);
  if (!isJsonObject(value)) return value;
  const members: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    if (name === 'name' && typeof member === 'string') members[name] = member.replaceAll('_', ' ');
    else members[name] = name === 'group_value' ? spacedNames(member) : member;
  }
  return members;
}

/** Generic attributes carry listing spellings: `yes`, `safety_warning`, plain numbers as text. */
function genericForm(row: AttributeRow, value: JsonValue): readonly JsonObject[] {
  const values = isJsonArray(value) ? value : [value];
  if (row.name === GENERIC) {
    return values.filter(isJsonObject).map(({ name, value: own, group_value: members }) => ({
      name,
      ...(own === undefined ? {} : { value: own }),
      ...(members === undefined ? {} : { groupValues: members }),
    }));
  }
  return values.map((entry) =>
    isJsonObject(entry)
      ? {
          name: row.field,
          groupValues: Object.entries(entry).map(([name, member]) => ({
            name: name.replaceAll('_', ' '),
            value: String(member),
          })),
        }
      : { name: row.field, value: String(entry) },
  );
}

function readGeneric(entries: readonly JsonValue[], listing: Record<string, JsonValue>): void {
  const others: JsonObject[] = [];
  for (const entry of entries) {
    if (!isJsonObject(entry) || typeof entry.name !== 'string') continue;
    const row = CUSTOM_BY_FIELD.get(entry.name.replaceAll('_', ' ').toLowerCase());
    if (row) addNamed(row, entry, listing);
    else others.push(readOther(entry.name, entry));
  }
  if (others.length > 0) listing[GENERIC] = others;
}

function addNamed(row: AttributeRow, entry: JsonObject, listing: Record<string, JsonValue>): void {
  const value = isJsonArray(entry.groupValues)
    ? Object.fromEntries(
        entry.groupValues
          .filter(isJsonObject)
          .map((member) => [String(member.name).replaceAll(' ', '_'), member.value]),
      )
    : entry.value;
  if (value === undefined) return;
  const before = listing[row.name];
  const spelled = canonicalValue(value, row);
  listing[row.name] =
    row.list !== null && isJsonArray(before) && isJsonArray(spelled) ? [...before, ...spelled] : spelled;
}

function readOther(name: string, entry: JsonObject): JsonObject {
  const members = isJsonArray(entry.groupValues) ? entry.groupValues.filter(isJsonObject) : [];
  return {
    name: name.replaceAll('_', ' '),
    ...(entry.value === undefined ? {} : { value: entry.value }),
    ...(members.length === 0
      ? {}
      : {
          group_value: members.map((member) => ({
            name: String(member.name).replaceAll('_', ' '),
            ...(member.value === undefined ? {} : { value: member.value }),
          })),
        }),
  };
}
