import { gunzipSync } from 'node:zlib';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { writeListing } from './listing-text.js';

/** What a file said: products by offer id, and what was wrong with it as Google tells it. */
export interface ReadFeed {
  readonly items: ReadonlyMap<string, JsonObject>;
  readonly issues: readonly JsonObject[];
  /** False: nothing of the file can be used. */
  readonly readable: boolean;
}

const LARGEST = 256 * 1024 * 1024;
const NAMESPACE = 'xmlns:g="http://base.google.com/ns/1.0"';

/** Reads an RSS or Atom file, packed or not, with the simulator's own reading of the specification. TSV is not simulated. */
export function readFeed(bytes: Buffer): ReadFeed {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (packed ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes).toString('utf8');
  if (XMLValidator.validate(text) !== true) return unreadable('The file is not well-formed XML');
  if (!text.slice(0, 2_000).includes(NAMESPACE)) return unreadable('The namespace of g: is missing or wrong');
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: true });
  const root = parser.parse(text) as { rss?: { channel?: JsonObject }; feed?: JsonObject };
  const entries = listOf(root.rss?.channel?.item ?? root.feed?.entry);
  const items = new Map<string, JsonObject>();
  const issues: JsonObject[] = [];
  for (const entry of entries) {
    const offerId = textOf((entry as JsonObject)['g:id']);
    if (offerId === '') issues.push(issue('missing_id', 'ERROR', 'Missing value [id]'));
    else if (items.has(offerId)) issues.push(issue('duplicate_id', 'ERROR', 'Duplicate value [id]'));
    else items.set(offerId, { offerId, ...writeListing(listingOf(entry as JsonObject)) });
  }
  return { items, issues, readable: true };
}

/** Elements of Google's namespace as the attributes of a listing; a merchant's own become generic attributes. */
function listingOf(entry: JsonObject): JsonObject {
  const listing: Record<string, JsonValue> = {};
  const own: JsonObject[] = [];
  for (const [tag, value] of Object.entries(entry)) {
    const [prefix = '', name = ''] = tag.split(':');
    if (value === undefined || name === 'id') continue;
    if (prefix === 'g') listing[name] = plain(value);
    if (prefix === 'c') own.push({ name: name.replaceAll('_', ' '), value: textOf(value) });
  }
  return own.length === 0 ? listing : { ...listing, custom_attribute: own };
}

/** Nested elements lose their prefix. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(plain);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(
    Object.entries(value).map(([tag, member]) => [tag.replace(/^g:/, ''), plain(member ?? '')]),
  );
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function unreadable(description: string): ReadFeed {
  return { items: new Map(), issues: [issue('file_unreadable', 'ERROR', description)], readable: false };
}

function issue(code: string, severity: string, title: string): JsonObject {
  return { code, severity, title, description: title, count: '1' };
}
