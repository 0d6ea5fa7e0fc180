import { cell, type Header, isForbiddenName } from './cells.js';
import { type GoogleItem, GoogleItems } from './google-item.js';
import type { Intake } from './intake.js';
import type { RowSink } from './text-table.js';
import { type ItemSink, readXmlItems, type XmlElement } from './xml-items.js';

/** Columns and elements whose one cell holds several values, separated by commas. */
const COMMA_LISTS = new Set([
  'additional_image_link',
  'product_highlight',
  'promotion_id',
  'excluded_destination',
  'included_destination',
  'shipping',
  'tax',
  'product_detail',
  'ads_labels',
]);

/**
 * Reads Google product XML: RSS 2.0 (`item`) and Atom (`entry`), attributes with or without the `g:` prefix. The
 * prefixed one wins where both are there.
 */
export function readGoogleXml(
  bytes: AsyncIterable<Buffer>,
  intake: Intake,
): AsyncGenerator<void, void, void> {
  const items = new GoogleItems(intake);
  const sink: ItemSink = {
    item: (element, line) => items.add(itemOf(element), line),
    end: () => items.end(),
  };
  return readXmlItems(bytes, { isItem: (name) => name === 'item' || name === 'entry', sink, intake });
}

/** Reads Google product TSV (or the same columns with another delimiter). */
export function googleTable(header: Header, intake: Intake): RowSink {
  const items = new GoogleItems(intake);
  const columns = header.entries().map(([name, place]) => ({ name: plainName(name), place }));
  return {
    row(cells, line) {
      const item = new Map<string, readonly string[]>();
      for (const { name, place } of columns) {
        const text = cell(cells, place);
        if (text !== undefined) item.set(name, COMMA_LISTS.has(name) ? listIn(text) : [text]);
      }
      items.add(item, line);
    },
    end: () => items.end(),
  };
}

function itemOf(element: XmlElement): GoogleItem {
  const prefixed = new Map<string, string[]>();
  const bare = new Map<string, string[]>();
  for (const child of element.children) {
    const name = plainName(child.name);
    if (isForbiddenName(name)) continue;
    const text = textOf(child, name);
    if (text === '') continue;
    const values = child.name.startsWith('g:') ? prefixed : bare;
    values.set(name, [...(values.get(name) ?? []), text]);
  }
  for (const [name, values] of bare) if (!prefixed.has(name)) prefixed.set(name, values);
  return prefixed;
}

/** Text of an element; parts of a structured one are joined as they are in a table: `US::Ground:5.00 USD`. */
function textOf(element: XmlElement, name: string): string {
  if (element.children.length > 0) return element.children.map((child) => child.text.trim()).join(':');
  const text = element.text.trim();
  return text === '' && name === 'link' ? (element.attributes.href ?? '').trim() : text;
}

/** `g:Image Link` → `image_link`; a table's heading may add the order of parts, `shipping(country:price)` → `shipping`. */
function plainName(name: string): string {
  const whole = name.replace(/\(.*\)\s*$/, '');
  const local = whole.slice(whole.indexOf(':') + 1);
  return local
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

function listIn(text: string): string[] {
  return text
    .split(/,(?!\d{3}\b)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
