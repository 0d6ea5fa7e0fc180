import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { MESSAGES, type Message } from './discovery.js';
import { invalid } from './google-error.js';

/**
 * The simulator's own reading of a product as the attributes of Google's product data specification, and back.
 * Shares nothing with the client's encoder, so that the two check each other.
 */
export function readListing(product: {
  productAttributes?: JsonObject;
  customAttributes?: JsonValue;
}): JsonObject {
  const listing = readMessage(product.productAttributes ?? {}, ATTRIBUTES, true);
  for (const entry of (product.customAttributes ?? []) as readonly JsonObject[]) readCustom(entry, listing);
  return listing;
}

/** Google's fields for a listing: the inverse of `readListing`, used to change products by hand. */
export function writeListing(listing: JsonObject): {
  productAttributes: JsonObject;
  customAttributes: JsonObject[];
} {
  const productAttributes: Record<string, JsonValue> = {};
  const customAttributes: JsonObject[] = [];
  for (const [name, value] of Object.entries(listing)) {
    if (value === undefined) continue;
    const field = [...ATTRIBUTES.keys()].find((candidate) => specName(candidate) === name);
    if (field !== undefined) productAttributes[field] = writeValue(value, ATTRIBUTES.get(field) ?? '', field);
    else customAttributes.push(...writeCustom(name, value));
  }
  return { productAttributes, customAttributes };
}

/** The type of a specification attribute, or of a member of a group, as `discovery.ts` writes it. Nothing: there is none. */
export function typeOf(name: string, message: Message = ATTRIBUTES): string | undefined {
  if (message === ATTRIBUTES && name === 'consumer_notice') return 'ConsumerNotice[]';
  for (const [field, type] of message) if (specName(field) === name) return type;
  return undefined;
}

/** Whether values of a type have members of their own in a file; prices, measures and periods are one text. */
export function isGroup(type: string): boolean {
  const single = type.replace(/\[\]$/, '');
  if (single === 'ConsumerNotice') return true;
  const message = MESSAGES.get(single);
  return message !== undefined && single !== 'Price' && single !== 'Interval' && !isMeasure(message);
}

type Bag = Record<string, JsonValue>;

const ATTRIBUTES: Message = MESSAGES.get('ProductAttributes') ?? new Map();

/** Fields whose name in the specification is not simply the snake_case of the field. */
const SPEC_NAMES: Readonly<Record<string, string>> = {
  additionalImageLinks: 'additional_image_link',
  lifestyleImageLinks: 'lifestyle_image_link',
  videoLinks: 'video_link',
  documentLinks: 'document_link',
  gtins: 'gtin',
  productTypes: 'product_type',
  productDetails: 'product_detail',
  productHighlights: 'product_highlight',
  promotionIds: 'promotion_id',
  displayAdsSimilarIds: 'display_ads_similar_id',
  shoppingAdsExcludedCountries: 'shopping_ads_excluded_country',
  includedDestinations: 'included_destination',
  excludedDestinations: 'excluded_destination',
  sizeTypes: 'size_type',
  certifications: 'certification',
  loyaltyPrograms: 'loyalty_program',
  minimumOrderValues: 'minimum_order_value',
  variantOptions: 'variant_option',
  questionsAndAnswers: 'question_and_answer',
  relatedProducts: 'related_product',
  handlingCutoffTimes: 'handling_cutoff_time',
  sustainabilityIncentives: 'sustainability_incentive',
  countries: 'country',
  methods: 'method',
  itemConditions: 'item_condition',
  outcomes: 'outcome',
  petTypes: 'pet_type',
};

/** Specification attributes v1 has no typed field for (products_v1 discovery 20260903; specification 5.5, 5.6). */
const UNTYPED = ['ships from country', 'native commerce', 'merchant item id', 'consumer notice'];

const YOUTUBE: Readonly<Record<string, string>> = {
  YOUTUBE_SHOPPING: 'YouTube_Shopping',
  YOUTUBE_SHOPPING_CHECKOUT: 'YouTube_Shopping_checkout',
  YOUTUBE_AFFILIATE: 'YouTube_affiliate',
};

function specName(field: string): string {
  const special = SPEC_NAMES[field];
  if (special !== undefined) return special;
  return field
    .replace(/^(customLabel)(\d)$/, '$1_$2')
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function readMessage(value: JsonObject, message: Message, top = false): Bag {
  const read: Bag = {};
  for (const [field, type] of message) {
    const member = value[field];
    if (member === undefined || member === null) continue;
    const shown = readValue(member, type, field);
    const single = top && field === 'gtins' && Array.isArray(shown) && shown.length === 1;
    read[specName(field)] = single ? ((shown as string[])[0] ?? '') : shown;
  }
  return read;
}

function readValue(value: JsonValue, type: string, field: string): JsonValue {
  if (type.endsWith('[]')) {
    return (value as readonly JsonValue[]).map((entry) => readValue(entry, type.slice(0, -2), field));
  }
  if (type === 'Price') return priceText(value as JsonObject);
  if (type === 'Interval') {
    const { startTime, endTime } = value as { startTime: string; endTime: string };
    return `${startTime}/${endTime}`;
  }
  if (type === 'boolean') return value === true ? 'yes' : 'no';
  if (type === 'int64') return Number(value);
  if (type === 'string' || type === 'number' || type === 'time') return value;
  const message = MESSAGES.get(type);
  if (message === undefined) return enumText(String(value), field);
  if (isMeasure(message)) {
    const { value: amount, unit } = value as { value: string | number; unit: string };
    return `${Number(amount)} ${message.get('unit') === 'string' ? unit : unit.toLowerCase()}`;
  }
  return readMessage(value as JsonObject, message);
}

function isMeasure(message: Message): boolean {
  return message.size === 2 && message.has('value') && message.has('unit');
}

/** Decimals by the runtime's own table of currencies. */
function priceText({ amountMicros, currencyCode }: JsonObject): string {
  const currency = String(currencyCode);
  const decimals =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const micros = String(amountMicros);
  const digits = micros.replace('-', '').padStart(7, '0');
  const fraction = digits.slice(-6).slice(0, decimals);
  const sign = micros.startsWith('-') ? '-' : '';
  return `${sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`} ${currency}`;
}

function enumText(value: string, field: string): string {
  if (field === 'sizeSystem') return value;
  if (/EnergyEfficiencyClass$/i.test(field)) return `${value[0]}${'+'.repeat(value.length - 1)}`;
  if (/Destinations$/.test(field)) return YOUTUBE[value] ?? `${value[0]}${value.slice(1).toLowerCase()}`;
  return value.toLowerCase();
}

function readCustom(entry: JsonObject, listing: Bag): void {
  const name = String(entry.name).replaceAll('_', ' ');
  const members = entry.groupValues as readonly { name: string; value: string }[] | undefined;
  if (UNTYPED.includes(name)) {
    const key = name.replaceAll(' ', '_');
    if (members === undefined) listing[key] = String(entry.value);
    else {
      const group = Object.fromEntries(
        members.map((member) => [member.name.replaceAll(' ', '_'), member.value]),
      );
      listing[key] = [...((listing[key] ?? []) as readonly JsonValue[]), group];
    }
    return;
  }
  const shown: Bag = { name };
  if (entry.value !== undefined) shown.value = entry.value;
  if (members !== undefined) {
    shown.group_value = members.map((member) => ({ ...member, name: member.name.replaceAll('_', ' ') }));
  }
  listing.custom_attribute = [...((listing.custom_attribute ?? []) as readonly JsonValue[]), shown];
}

function writeValue(value: JsonValue, type: string, field: string): JsonValue {
  if (type.endsWith('[]')) {
    const values = Array.isArray(value) ? (value as JsonValue[]) : [value];
    return values.map((entry) => writeValue(entry, type.slice(0, -2), field));
  }
  if (type === 'Price') return priceFields(String(value));
  if (type === 'Interval') {
    const [startTime = '', endTime = ''] = String(value).split('/');
    return { startTime, endTime };
  }
  if (type === 'boolean') return writeBoolean(String(value), field);
  if (type === 'int64') return String(value);
  if (type === 'number') return Number(value);
  if (type === 'string' || type === 'time') return value;
  const message = MESSAGES.get(type);
  if (message === undefined) return writeEnum(String(value), type, field);
  if (isMeasure(message)) {
    const [amount = '', unit = ''] = String(value).split(' ');
    const plain = message.get('unit') === 'string';
    return {
      value: message.get('value') === 'int64' ? amount : Number(amount),
      unit: plain ? unit : unit.toUpperCase(),
    };
  }
  const fields: Bag = {};
  for (const [name, member] of message) {
    const given = (value as JsonObject)[specName(name)];
    if (given !== undefined) fields[name] = writeValue(given, member, name);
  }
  return fields;
}

function writeBoolean(text: string, field: string): boolean {
  if (!/^(yes|no|true|false)$/.test(text)) throw invalid(field, 'The value is neither yes nor no.');
  return text === 'yes' || text === 'true';
}

function writeEnum(text: string, type: string, field: string): string {
  return type.split('|').find((value) => enumText(value, field) === text) ?? text.toUpperCase();
}

function priceFields(text: string): JsonObject {
  if (!/^-?\d+(\.\d{1,6})? [A-Z]{3}$/.test(text)) throw invalid('price', 'The value is no price.');
  const [digits = '0', currencyCode = ''] = text.split(' ');
  const [whole = '0', fraction = ''] = digits.split('.');
  return { amountMicros: String(BigInt(`${whole}${fraction.padEnd(6, '0')}`)), currencyCode };
}

function writeCustom(name: string, value: JsonValue): readonly JsonObject[] {
  const values = (Array.isArray(value) ? value : [value]) as readonly JsonValue[];
  if (name === 'custom_attribute') {
    return (values as readonly JsonObject[]).map(({ group_value, ...rest }) =>
      group_value === undefined ? rest : { ...rest, groupValues: group_value },
    );
  }
  return values.map((entry) => {
    const spaced = name.replaceAll('_', ' ');
    if (typeof entry !== 'object' || entry === null) return { name: spaced, value: String(entry) };
    const members = Object.entries(entry as JsonObject);
    return {
      name: spaced,
      groupValues: members.map(([key, member]) => ({
        name: key.replaceAll('_', ' '),
        value: String(member),
      })),
    };
  });
}
