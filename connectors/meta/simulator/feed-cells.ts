import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { FeedRow } from './feed-document.js';

/** Fields that are numbers. */
const NUMBERS =
  /^(quantity_to_sell_on_facebook|ordering_index|rating_count|user_rating|custom_number_[0-4])$/;
const LABELS = new Set(['internal_label', 'disabled_capabilities']);
/** Older names that are still read (catalog fields, read 2026-11). */
const RENAMED: Readonly<Record<string, string>> = {
  inventory: 'quantity_to_sell_on_facebook',
  product_tags: 'internal_label',
  visibility: 'status',
};

/** The fields of a row, typed as a batch would have them. Empty cells are left out; the id stays apart. */
export function fieldsOf(row: FeedRow): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const [column, texts] of row.cells) {
    const filled = texts.filter((text) => text.trim() !== '');
    if (filled.length === 0 || column === 'id' || column === 'override') continue;
    put(fields, column, filled);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, renamedMembers(name, value)]),
  );
}

function put(fields: Record<string, JsonValue>, column: string, texts: readonly string[]): void {
  const [head = '', ...rest] = column.split(/[.[\]]+/).filter((step) => step !== '');
  const name = RENAMED[head] ?? head;
  const value = typed(name, texts, rest.length > 0);
  if (rest.length === 0) fields[name] = value;
  else fields[name] = placed(fields[name], rest, value);
}

/** Puts a value at a path such as `0.tag.1`; numbers are places in a list. */
function placed(into: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [step = '', ...rest] = path;
  if (/^\d+$/.test(step)) {
    const list: JsonValue[] = Array.isArray(into) ? [...(into as readonly JsonValue[])] : [];
    const at = Number(step);
    list[at] = rest.length === 0 ? value : placed(list[at], rest, value);
    return list;
  }
  const before = typeof into === 'object' && into !== null && !Array.isArray(into) ? into : {};
  const object: Record<string, JsonValue | undefined> = { ...(before as JsonObject) };
  object[step] = rest.length === 0 ? value : placed(object[step], rest, value);
  return object as JsonObject;
}

function typed(name: string, texts: readonly string[], isMember: boolean): JsonValue {
  const [first = ''] = texts;
  if (isMember) return texts.length > 1 ? texts : first;
  if (NUMBERS.test(name)) return /^\d+(\.\d+)?$/.test(first) ? Number(first) : first;
  if (LABELS.has(name)) return texts.flatMap(labelsOf);
  if (name === 'additional_image_link') return texts.flatMap((text) => text.split(/[,;|\s]+(?=https?:)/));
  if (name === 'shipping') return texts.flatMap((text) => text.split(/,\s*(?=[A-Z]{2}:)/)).map(shippingOf);
  if (name === 'additional_variant_attribute') return variantsOf(texts);
  return /^[[{]/.test(first) ? jsonOr(first) : first;
}

/** `['summer','new']`, its JSON form, or one label alone. */
function labelsOf(text: string): readonly string[] {
  if (!text.startsWith('[')) return [text];
  const parsed = jsonOr(text);
  if (Array.isArray(parsed)) return (parsed as readonly JsonValue[]).map(String);
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, label]) => label ?? '');
}

/** `US:CA:Ground:9.99 USD`; empty places are left out. */
function shippingOf(text: string): JsonValue {
  const [country = '', region = '', service = '', price = ''] = text.trim().split(':');
  const [value = '', currency = ''] = price.split(' ');
  return {
    shipping_country: country,
    ...(region === '' ? {} : { shipping_region: region }),
    ...(service === '' ? {} : { shipping_service: service }),
    shipping_price_value: value,
    shipping_price_currency: currency,
  };
}

function variantsOf(texts: readonly string[]): JsonValue {
  return texts
    .flatMap((text) => text.split(','))
    .map((pair) => {
      const [label = '', value = ''] = pair.split(':');
      return { variant_label: label.trim(), variant_value: value.trim() };
    });
}

/** The XML form names the members of two fields otherwise than a batch does. */
function renamedMembers(name: string, value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  return (value as readonly JsonValue[]).map((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
    const object = entry as JsonObject;
    if (name === 'additional_variant_attribute' && object.label !== undefined)
      return { variant_label: object.label, variant_value: object.value ?? '' };
    if (name === 'shipping' && object.country !== undefined)
      return shippingOf(
        ['country', 'region', 'service', 'price'].map((m) => String(object[m] ?? '')).join(':'),
      );
    if ((name === 'image' || name === 'video') && typeof object.tag === 'string')
      return { ...object, tag: [object.tag] };
    return entry;
  });
}

function jsonOr(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
