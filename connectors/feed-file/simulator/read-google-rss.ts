import { SaxesParser } from 'saxes';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';

const NAMESPACE = 'http://base.google.com/ns/1.0';

/** Attributes that may stand several times in an item (product data specification, verified 2026-11). */
const REPEATED = new Set(
  (
    'additional_image_link lifestyle_image_link video_link document_link product_type size_type product_detail product_highlight ' +
    'promotion_id included_destination excluded_destination shopping_ads_excluded_country shipping loyalty_program certification ' +
    'minimum_order_value variant_option question_and_answer related_product handling_cutoff_time free_shipping_threshold'
  ).split(' '),
);
const NUMBERS = new Set(['multipack', 'min_handling_time', 'max_handling_time']);

interface OpenElement {
  readonly name: string;
  text: string;
  readonly members: [string, JsonValue][];
}

/** Reads a Google RSS file as a fetching channel does. Throws on anything that is not well formed. */
export function readGoogleRss(xml: string): ReadonlyMap<string, JsonObject> {
  const items = new Map<string, JsonObject>();
  const path: OpenElement[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const inItem = path.some((element) => element.name === 'item');
    if (inItem && tag.uri !== NAMESPACE) throw new Error(`${tag.name} is not in Google's namespace`);
    path.push({ name: tag.local, text: '', members: [] });
  });
  parser.on('text', (text) => {
    const top = path.at(-1);
    if (top) top.text += text;
  });
  parser.on('closetag', () => {
    const closed = path.pop();
    if (!closed) return;
    if (closed.name === 'item') take(items, closed);
    else path.at(-1)?.members.push([closed.name, readValue(closed)]);
  });
  parser.write(xml).close();
  return items;
}

function take(items: Map<string, JsonObject>, item: OpenElement): void {
  const { id, ...attributes } = objectOf(item.members);
  if (typeof id !== 'string' || id === '') throw new Error('an item has no id');
  if (items.has(id)) throw new Error(`the id ${id} stands twice in the file`);
  items.set(id, attributes);
}

function readValue(element: OpenElement): JsonValue {
  if (element.members.length > 0) return objectOf(element.members);
  return NUMBERS.has(element.name) ? Number(element.text) : element.text;
}

function objectOf(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  const found: Record<string, JsonValue> = {};
  for (const [name, value] of members) {
    const before = found[name];
    if (REPEATED.has(name)) found[name] = [...(Array.isArray(before) ? (before as JsonValue[]) : []), value];
    else if (before !== undefined) throw new Error(`${name} stands twice in an item`);
    else found[name] = value;
  }
  return found;
}
