import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { type FileEntry, UnreadableFile } from './file-entry.js';

const GOOGLE = 'http://base.google.com/ns/1.0';
const OWN = 'http://base.google.com/cns/1.0';
const ATOM = 'http://www.w3.org/2005/Atom';
/** Entities XML knows without a DTD; `&nbsp;` is none of them. */
const FOREIGN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what XML 1.0 forbids.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g;

/** Items of an RSS 2.0 or Atom 1.0 file. Throws UnreadableFile for what Google cannot read. */
export function readXmlItems(text: string): readonly FileEntry[] {
  if (/^\s*<(!doctype html|html)\b/i.test(text))
    throw new UnreadableFile('The address returns a page, no file');
  if (FORBIDDEN.test(text)) throw new UnreadableFile('The file has characters that XML forbids');
  if (XMLValidator.validate(text) !== true) throw new UnreadableFile('The file is not well-formed XML');
  if (FOREIGN_ENTITY.test(text.replace(CDATA, '')))
    throw new UnreadableFile('The file has entities that XML does not know');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: true,
    processEntities: { enabled: true, maxTotalExpansions: 10_000_000, maxExpandedLength: 256 * 1024 * 1024 },
  });
  return itemsOf(parser.parse(text) as JsonObject).map(entryOf);
}

function itemsOf({ rss, feed }: JsonObject): readonly JsonObject[] {
  const root = isJsonObject(rss) ? rss : isJsonObject(feed) ? feed : null;
  if (root === null) throw new UnreadableFile('The file is neither RSS nor Atom');
  if (root['@xmlns:g'] !== GOOGLE) throw new UnreadableFile('The namespace of g: is missing or wrong');
  if (root['@xmlns:c'] !== undefined && root['@xmlns:c'] !== OWN)
    throw new UnreadableFile('The namespace of c: is wrong');
  if (root === rss) {
    if (root['@version'] !== '2.0') throw new UnreadableFile('Only version 2.0 of RSS is read');
    const { channel } = root;
    return isJsonObject(channel) ? listOf(channel.item) : [];
  }
  if (root['@xmlns'] !== ATOM) throw new UnreadableFile('The namespace of Atom is missing or wrong');
  return listOf(root.entry);
}

/** Elements of Google's namespace as the attributes of a listing; a merchant's own become generic attributes. */
function entryOf(entry: JsonObject): FileEntry {
  const listing: Record<string, JsonValue> = {};
  const own: JsonObject[] = [];
  for (const [tag, value] of Object.entries(entry)) {
    const [prefix = '', name = ''] = tag.split(':');
    if (value === undefined || name === 'id') continue;
    if (prefix === 'g') listing[name] = plain(value);
    if (prefix === 'c') own.push(...valuesOf(value).map((each) => ownAttribute(name, each)));
  }
  const id = entry['g:id'] ?? '';
  if (typeof id !== 'string') return { broken: 'Several values [id]' };
  return { id, listing: own.length === 0 ? listing : { ...listing, custom_attribute: own } };
}

function ownAttribute(tag: string, value: JsonValue): JsonObject {
  const name = tag.replaceAll('_', ' ');
  if (!isJsonObject(value)) return { name, value: String(value) };
  const members = Object.entries(value).map(([member, of]) => ({
    name: member.replace(/^c:/, '').replaceAll('_', ' '),
    value: String(of),
  }));
  return { name, group_value: members };
}

/** Nested elements lose their prefix. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(plain);
  if (!isJsonObject(value)) return String(value);
  return Object.fromEntries(
    Object.entries(value).map(([tag, member]) => [tag.replace(/^g:/, ''), plain(member ?? '')]),
  );
}

function valuesOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return value === undefined ? [] : valuesOf(value).filter(isJsonObject);
}
