import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { MESSAGES, type Message } from './discovery.js';
import { GoogleRefusal, invalid } from './google-error.js';

/** Members of a ProductInput a caller may send (products_v1, verified 2026-11-24). */
const INPUT_MEMBERS = [
  'name',
  'offerId',
  'contentLanguage',
  'feedLabel',
  'versionNumber',
  'legacyLocal',
  'productAttributes',
  'customAttributes',
];

const INT64 = /^-?\d{1,19}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Checks what may stand in a product input, as strictly as JSON transcoding does. Throws the 400. */
export function checkInput(input: JsonObject, patch: boolean): void {
  for (const member of Object.keys(input)) {
    if (!INPUT_MEMBERS.includes(member)) throw unknownName(member, 'product_input');
  }
  if (patch && input.versionNumber !== undefined) {
    throw invalid('product_input.version_number', 'The version number must not be set on update.');
  }
  if (input.versionNumber !== undefined) checkScalar(input.versionNumber, 'int64', 'versionNumber');
  if (!patch) checkKey(input);
  checkMessage(
    (input.productAttributes ?? {}) as JsonObject,
    MESSAGES.get('ProductAttributes'),
    'productAttributes',
  );
  checkCustom((input.customAttributes ?? []) as readonly JsonObject[]);
}

/** The offer id as Google keeps it: ends stripped, runs of blanks collapsed. */
export function normalisedOfferId(input: JsonObject): string {
  return String(input.offerId).trim().replace(/\s+/g, ' ');
}

function checkKey(input: JsonObject): void {
  if (typeof input.contentLanguage !== 'string' || !/^[a-z]{2}$/.test(input.contentLanguage)) {
    throw invalid('content_language', 'The content language must be a two-letter ISO 639-1 code.');
  }
  if (typeof input.feedLabel !== 'string' || !/^[A-Z0-9_-]{1,20}$/.test(input.feedLabel)) {
    throw invalid('feed_label', 'The feed label may have 20 characters of A-Z, 0-9, hyphen and underscore.');
  }
  if (typeof input.offerId !== 'string' || normalisedOfferId(input) === '') {
    throw invalid('offer_id', 'The offer id is required.', 'REQUIRED');
  }
  if ([...normalisedOfferId(input)].length > 50)
    throw invalid('offer_id', 'The offer id has more than 50 characters.');
}

/** Checks a body as one message of the discovery document, as strictly as JSON transcoding does. Throws the 400. */
export function checkAs(name: string, value: JsonObject, at: string): void {
  checkMessage(value, MESSAGES.get(name), at);
}

function checkMessage(value: JsonObject, message: Message | undefined, at: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(at, 'An object is expected.');
  for (const [field, member] of Object.entries(value)) {
    const type = message?.get(field);
    if (type === undefined) throw unknownName(field, at);
    if (member !== undefined) checkValue(member, type, `${at}.${field}`);
  }
}

function checkValue(value: JsonValue, type: string, at: string): void {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) throw invalid(at, 'A list is expected.');
    value.forEach((entry: JsonValue, place) => {
      checkValue(entry, type.slice(0, -2), `${at}[${place}]`);
    });
    return;
  }
  const message = MESSAGES.get(type);
  if (message === undefined) {
    checkScalar(value, type, at);
    return;
  }
  checkMessage(value as JsonObject, message, at);
  if (type === 'Price') checkPrice(value as JsonObject, at);
  if (message.size === 2 && message.has('unit')) checkMeasure(value as JsonObject, type, at);
}

function checkScalar(value: JsonValue, type: string, at: string): void {
  const fits =
    type === 'string'
      ? typeof value === 'string'
      : type === 'boolean'
        ? typeof value === 'boolean'
        : type === 'number'
          ? typeof value === 'number'
          : type === 'int64'
            ? typeof value === 'string' && INT64.test(value)
            : type === 'time'
              ? typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value))
              : typeof value === 'string' && type.split('|').includes(value);
  if (!fits) throw invalid(at, `Invalid value: ${JSON.stringify(value).slice(0, 80)}.`);
  if (
    /link|Link|adsRedirect|Url$/.test(at) &&
    !/Template$/.test(at) &&
    !/^https?:\/\/[!-~]+$/.test(String(value))
  ) {
    throw invalid(at, 'The value is not a valid URL.', 'INVALID_URL');
  }
}

function checkPrice(value: JsonObject, at: string): void {
  if (value.amountMicros === undefined)
    throw invalid(`${at}.amountMicros`, 'The amount is required.', 'REQUIRED');
  if (
    typeof value.currencyCode !== 'string' ||
    !Intl.supportedValuesOf('currency').includes(value.currencyCode)
  ) {
    throw invalid(`${at}.currencyCode`, 'The currency is not an ISO 4217 code.');
  }
  if (!at.endsWith('Adjustment') && String(value.amountMicros).startsWith('-')) {
    throw invalid(`${at}.amountMicros`, 'The amount must not be negative.');
  }
}

const UNITS: Readonly<Record<string, string>> = {
  ProductDimension: 'in cm',
  ProductWeight: 'g kg oz lb',
  ShippingDimension: 'in cm',
  ShippingWeight: 'g kg oz lb',
};

function checkMeasure(value: JsonObject, type: string, at: string): void {
  const units = UNITS[type]?.split(' ');
  if (units !== undefined && !units.includes(String(value.unit))) {
    throw invalid(`${at}.unit`, `The unit must be one of ${units.join(', ')}.`);
  }
  if (!(Number(value.value) > 0)) throw invalid(`${at}.value`, 'The value must be above zero.');
}

/** Custom attributes: a name and either a value or group values; 10,240 characters each, 102.4 kB in all. */
function checkCustom(entries: readonly JsonObject[]): void {
  if (!Array.isArray(entries)) throw invalid('customAttributes', 'A list is expected.');
  if (entries.length > 2_500) throw invalid('customAttributes', 'More than 2500 custom attributes.');
  if (Buffer.byteLength(JSON.stringify(entries)) > 102_400)
    throw invalid('customAttributes', 'More than 102.4 kB.');
  for (const entry of entries) {
    const unknown = Object.keys(entry).find((member) => !['name', 'value', 'groupValues'].includes(member));
    if (unknown !== undefined) throw unknownName(unknown, 'customAttributes');
    if (typeof entry.name !== 'string' || entry.name === '')
      throw invalid('customAttributes.name', 'A name is required.');
    if ((entry.value === undefined) === (entry.groupValues === undefined)) {
      throw invalid('customAttributes', 'Exactly one of value and groupValues must be given.');
    }
    if (entry.value !== undefined && typeof entry.value !== 'string')
      throw invalid('customAttributes.value', 'Text is expected.');
    if (`${entry.name}${entry.value ?? ''}`.length > 10_240)
      throw invalid('customAttributes', 'More than 10240 characters.');
  }
}

function unknownName(name: string, at: string): GoogleRefusal {
  return new GoogleRefusal(
    400,
    `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`,
    {
      REASON: 'UNKNOWN_FIELD',
      FIELD_LOCATION: name,
    },
  );
}
