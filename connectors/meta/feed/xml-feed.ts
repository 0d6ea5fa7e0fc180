import { xmlText } from '../../../src/channel/file-text.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { MetaRow } from '../attributes/row.js';
import type { FeedColumns, FeedEncoder } from './feed-columns.js';
import { plainWord } from './table-feed.js';

/** Google's namespace; readers compare it letter by letter. */
const NAMESPACE = 'http://base.google.com/ns/1.0';
const HEAD =
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="${NAMESPACE}">\n<channel>\n` +
  '<title>Products</title>\n<link></link>\n<description>Products</description>\n';

/**
 * RSS 2.0 with Google's elements; attributes outside Google's namespace stand without the prefix (Feed API guide, verified
 * 2026-11-23). One element a line, because Meta refuses lines over 5 MiB.
 */
export function xmlFeed({ own, attributes }: FeedColumns): FeedEncoder {
  const ownTags = own.map((name) => (name === 'id' ? 'g:id' : name));
  return {
    head: HEAD,
    tail: '</channel>\n</rss>\n',
    item(values, listing) {
      let xml = '<item>\n';
      ownTags.forEach((tag, place) => {
        xml += `<${tag}>${xmlText(values[place] ?? '')}</${tag}>\n`;
      });
      for (const row of attributes) {
        const value = listing[row.name];
        if (value !== undefined && value !== null) xml += elements(row, value);
      }
      return `${xml}</item>\n`;
    },
  };
}

function elements(row: MetaRow, value: JsonValue): string {
  const tag = row.google ? `g:${row.name}` : row.name;
  const values = isJsonArray(value) ? value : [value];
  return values.map((entry) => element(tag, isJsonObject(entry) ? membersOf(row, entry) : entry)).join('');
}

/** Members as the XML form names them. */
function membersOf(row: MetaRow, entry: JsonObject): JsonObject {
  if (row.cell === 'pairs')
    return { label: plainWord(entry.variant_label), value: plainWord(entry.variant_value) };
  if (row.cell !== 'shipping') return entry;
  return {
    country: entry.shipping_country,
    region: entry.shipping_region,
    service: entry.shipping_service,
    price: `${String(entry.shipping_price_value)} ${String(entry.shipping_price_currency)}`,
  };
}

/** Lists repeat the element; members carry the prefix of their element. */
function element(tag: string, value: JsonValue): string {
  if (isJsonArray(value)) return value.map((entry) => element(tag, entry)).join('');
  if (!isJsonObject(value)) return `<${tag}>${xmlText(String(value))}</${tag}>\n`;
  const prefix = tag.startsWith('g:') ? 'g:' : '';
  const inner = Object.entries(value).map(([name, member]) =>
    member === undefined ? '' : element(`${prefix}${name}`, member),
  );
  return `<${tag}>\n${inner.join('')}</${tag}>\n`;
}
