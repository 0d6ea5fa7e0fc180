import type { Instant } from '../domain/instant.js';
import { type Measure, unitOf } from '../domain/measure.js';
import { type Money, moneyOf } from '../domain/money.js';
import type { AttributeValue, ListPrice, Texts } from '../domain/product.js';
import type { Value } from '../mapping/functions/definition.js';
import { readShopDate } from './readers/calendar-text.js';
import { isForbiddenName } from './readers/cells.js';
import { readComponents } from './readers/component-list.js';
import type { Intake, Place } from './readers/intake.js';
import { optionName } from './readers/option-name.js';

/** Turns what an expression gave into a field's own type. What does not fit is reported and nothing. */
export type FieldReader = (value: Value, intake: Intake, place: Place) => unknown;

/** Fields of the section `product`. */
export const PRODUCT_FIELDS: Readonly<Record<string, FieldReader>> = {
  id: readText,
  title: readText,
  description: readText,
  brand: readText,
  type: readText,
  status: readStatus,
  condition: oneOf('new', 'refurbished', 'used'),
  link: readText,
  seoTitle: readText,
  seoDescription: readText,
  categories: readTexts,
  tags: readTexts,
  images: readTexts,
  createdAt: readInstantField,
  updatedAt: readInstantField,
  attributes: readAttributes,
  translations: readTranslations,
};

/** Fields of the section `variant`: content and offer in one. `code` becomes `gtin` or `merchantCode`. */
export const VARIANT_FIELDS: Readonly<Record<string, FieldReader>> = {
  sku: readText,
  title: readText,
  gtin: readText,
  mpn: readText,
  status: readStatus,
  link: readText,
  originCountry: readText,
  hsCode: readText,
  options: readOptions,
  optionNames: readTexts,
  optionValues: readTexts,
  images: readTexts,
  weight: readMeasureField,
  length: readMeasureField,
  width: readMeasureField,
  height: readMeasureField,
  attributes: readAttributes,
  price: (value, intake, place) => intake.notFree(readAmount(value, intake, place), place),
  compareAtPrice: readAmount,
  salePrice: readAmount,
  cost: readAmount,
  prices: readPrices,
  saleFrom: readInstantField,
  saleTo: readInstantField,
  restockAt: readInstantField,
  policy: oneOf('deny', 'backorder', 'preorder'),
  leadDays: (value, intake, place) => readUnits(value, intake, place),
  tracked: readFlag,
  components: readComponents,
};

/** Fields of a variant that belong to its offer; the others are content. */
export const OFFER_FIELDS: ReadonlySet<string> = new Set([
  'price',
  'compareAtPrice',
  'salePrice',
  'cost',
  'prices',
  'saleFrom',
  'saleTo',
  'restockAt',
  'policy',
  'leadDays',
  'tracked',
]);

/** Whole units. Numbers come from JSON-like sources, text from tables. */
export function readUnits(value: Value, intake: Intake, place: Place): number | undefined {
  return intake.units(readText(value), place);
}

function readText(value: Value): string | undefined {
  if (value === null || typeof value === 'object') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

function readTexts(value: Value): string[] | undefined {
  const entries = Array.isArray(value) ? (value as readonly Value[]) : [value];
  const texts = entries.map(readText).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : [...new Set(texts)];
}

function oneOf(...allowed: readonly string[]): FieldReader {
  return (value, intake, place) => {
    const text = readText(value)?.toLowerCase();
    if (text === undefined || allowed.includes(text)) return text;
    intake.warn(
      place,
      'value_unknown',
      `"${text.slice(0, 60)}" is none of ${allowed.join(', ')}; it is left out.`,
    );
    return undefined;
  };
}

/** A word we do not know must not put goods on sale. */
function readStatus(value: Value, intake: Intake, place: Place): string | undefined {
  const text = readText(value)?.toLowerCase();
  if (text === undefined || text === 'active' || text === 'draft' || text === 'archived') return text;
  const reason = `"${text.slice(0, 40)}" is no status (active, draft, archived); it is kept as a draft and not listed.`;
  intake.warn(place, 'status_unknown', reason);
  return 'draft';
}

function readFlag(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = readText(value)?.toLowerCase();
  if (text === undefined) return undefined;
  return ['1', 'true', 'yes', 'y'].includes(text)
    ? true
    : ['0', 'false', 'no', 'n'].includes(text)
      ? false
      : undefined;
}

/** An amount, a text in the source's currency and decimal mark, or a number of major units. */
function readAmount(value: Value, intake: Intake, place: Place): Money | undefined {
  if (isRecord(value) && typeof value.minor === 'number' && typeof value.currency === 'string') {
    return checkedAmount({ minor: value.minor, currency: value.currency }, intake, place);
  }
  if (typeof value === 'number' && intake.prices.currency !== undefined) {
    const money = moneyOf(value, intake.prices.currency);
    return money === null ? undefined : checkedAmount(money, intake, place);
  }
  return intake.price(readText(value), place);
}

function checkedAmount(money: Money, intake: Intake, place: Place): Money | undefined {
  if (money.minor >= 0) return money;
  intake.warn(place, 'price_negative', 'The amount is below zero; a price cannot be.');
  return undefined;
}

function readPrices(value: Value, intake: Intake, place: Place): ListPrice[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const prices: ListPrice[] = [];
  for (const entry of value as readonly Value[]) {
    if (!isRecord(entry) || typeof entry.minor !== 'number' || typeof entry.currency !== 'string') {
      intake.warn(
        place,
        'price_not_understood',
        'One entry of the price list has no amount or no currency and is left out.',
      );
      continue;
    }
    const price: { -readonly [Name in keyof ListPrice]: ListPrice[Name] } = {
      minor: entry.minor,
      currency: entry.currency,
    };
    for (const name of ['country', 'group', 'store'] as const) {
      const text = readText(entry[name] ?? null);
      if (text !== undefined) price[name] = text;
    }
    if (checkedAmount(price, intake, place) !== undefined) prices.push(price);
  }
  return prices.length === 0 ? undefined : prices;
}

function readMeasureField(value: Value, intake: Intake, place: Place): Measure | undefined {
  if (isRecord(value) && typeof value.value === 'number' && typeof value.unit === 'string') {
    return value.value > 0 ? { value: value.value, unit: value.unit } : undefined;
  }
  const text = readText(value);
  if (text === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*(\D+)$/.exec(text);
  const unit = match?.[2] === undefined ? null : unitOf(match[2]);
  if (match?.[1] !== undefined && unit !== null) return { value: Number(match[1]), unit };
  intake.warn(
    place,
    'measure_without_unit',
    `"${text.slice(0, 60)}" is not a number with a unit, as in "1.2 kg".`,
  );
  return undefined;
}

function readInstantField(value: Value, intake: Intake, place: Place): Instant | undefined {
  const text = readText(value);
  if (text === undefined) return undefined;
  const instant = readShopDate(text);
  if (instant === null)
    intake.warn(
      place,
      'date_not_understood',
      `"${text.slice(0, 60)}" is not a date; write readDate(text, "dd.MM.yyyy").`,
    );
  return instant ?? undefined;
}

function readOptions(value: Value): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const options: Record<string, string> = {};
  for (const [name, entry] of Object.entries(value)) {
    const text = readText(entry ?? null);
    if (text !== undefined && !isForbiddenName(name)) options[optionName(name)] = text;
  }
  return Object.keys(options).length === 0 ? undefined : options;
}

function readAttributes(value: Value): Record<string, AttributeValue> | undefined {
  if (!isRecord(value)) return undefined;
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (isForbiddenName(name)) continue;
    const attribute = attributeOf(entry ?? null);
    if (attribute !== undefined) attributes[name] = attribute;
  }
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function attributeOf(value: Value): AttributeValue | undefined {
  if (Array.isArray(value)) return readTexts(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (isRecord(value) && typeof value.minor === 'number')
    return { minor: value.minor, currency: String(value.currency) };
  if (isRecord(value) && typeof value.value === 'number')
    return { value: value.value, unit: String(value.unit) };
  return readText(value);
}

function readTranslations(value: Value): Record<string, Texts> | undefined {
  if (!isRecord(value)) return undefined;
  const translations: Record<string, Texts> = {};
  for (const [language, texts] of Object.entries(value)) {
    if (!isRecord(texts ?? null) || isForbiddenName(language)) continue;
    const kept: Record<string, string> = {};
    for (const name of ['title', 'description', 'slug']) {
      const text = readText((texts as Readonly<Record<string, Value>>)[name] ?? null);
      if (text !== undefined) kept[name] = text;
    }
    if (Object.keys(kept).length > 0) translations[language.toLowerCase()] = kept;
  }
  return Object.keys(translations).length === 0 ? undefined : translations;
}

function isRecord(value: Value): value is { readonly [member: string]: Value | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
