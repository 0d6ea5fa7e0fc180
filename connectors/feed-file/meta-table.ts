import { oneLine } from '../../src/channel/file-text.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { FeedEncoder } from './feed-encoder.js';
import { META_COLUMNS } from './meta-columns.js';
import { metaSpelling, plainWord } from './meta-spelling.js';

/** Meta's CSV or TSV (developers.facebook.com, feed fields, verified 2026-11): RFC 4180 quoting, one line per item, nested values as below. */
export function metaTable(delimiter: ',' | '\t'): FeedEncoder {
  const special = delimiter === ',' ? /[",]/ : /["\t]/;
  const quoted = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return {
    head: `${['id', ...META_COLUMNS.map((column) => column.name)].join(delimiter)}\n`,
    tail: '',
    item(sku, attributes) {
      const spelled = metaSpelling(attributes);
      let line = quoted(oneLine(sku));
      for (const { name } of META_COLUMNS) {
        const value = spelled[name];
        line += value === undefined ? delimiter : `${delimiter}${quoted(oneLine(cellOf(name, value)))}`;
      }
      return `${line}\n`;
    },
  };
}

function cellOf(name: string, value: JsonValue): string {
  if (typeof value === 'string') return LABELS.has(name) ? labels([value]) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (!isJsonArray(value)) return JSON.stringify(value);
  if (name === 'additional_image_link') return value.map(addressText).join(',');
  if (LABELS.has(name)) return labels(value);
  if (name === 'shipping') return value.filter(isJsonObject).map(shippingText).join(',');
  if (name === 'additional_variant_attribute')
    return value
      .filter(isJsonObject)
      .map((variant) => `${String(variant.label)}:${String(variant.value)}`)
      .join(',');
  return JSON.stringify(value);
}

const LABELS: ReadonlySet<string> = new Set(['internal_label', 'disabled_capabilities']);

/** `['summer','new']`; with an apostrophe in a label the JSON form. */
function labels(values: readonly JsonValue[]): string {
  const texts = values.map(String);
  return texts.some((text) => /['\\]/.test(text))
    ? JSON.stringify(texts)
    : `[${texts.map((text) => `'${text}'`).join(',')}]`;
}

/** A comma would end the address. */
function addressText(address: JsonValue): string {
  return String(address).replaceAll(',', '%2C');
}

/** `US:CA:Ground:9.99 USD` with empty places kept. */
function shippingText(entry: JsonObject): string {
  return ['country', 'region', 'service', 'price'].map((member) => plainWord(entry[member])).join(':');
}
