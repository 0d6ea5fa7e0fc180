import { xmlText } from '../../../src/channel/file-text.js';
import { xmlElement } from '../../../src/channel/xml-element.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME } from '../attributes.js';
import type { FeedEncoder, FeedFrame } from './feed-format.js';
import { fileValue } from './file-value.js';

/** Namespaces of Google's attributes and of a merchant's own; compared letter by letter (verified 2026-11-23). */
const NAMESPACES = 'xmlns:g="http://base.google.com/ns/1.0" xmlns:c="http://base.google.com/cns/1.0"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** The generic form of an attribute; in a file such attributes are elements of the merchant's own. */
const OWN = 'custom_attribute';

/** RSS 2.0 or Atom 1.0 with Google's elements. */
export function xmlFeed(format: 'rss' | 'atom', frame: FeedFrame): FeedEncoder {
  const tag = format === 'atom' ? 'entry' : 'item';
  return {
    ...(format === 'atom' ? atomFrame(frame) : rssFrame(frame)),
    item(offerId, listing) {
      let xml = `<${tag}>\n<g:id>${xmlText(offerId)}</g:id>\n`;
      for (const name of Object.keys(listing)) {
        const value = listing[name];
        const row = ATTRIBUTE_BY_NAME.get(name);
        if (value === undefined || value === null || row === undefined) continue;
        xml += name === OWN ? ownElements(value) : xmlElement(`g:${name}`, fileValue(row, value));
      }
      return `${xml}</${tag}>\n`;
    },
  };
}

function rssFrame({ title, link }: FeedFrame): Pick<FeedEncoder, 'head' | 'tail'> {
  const name = xmlText(title);
  return {
    head:
      `${DECLARATION}<rss version="2.0" ${NAMESPACES}>\n<channel>\n<title>${name}</title>\n` +
      `<link>${xmlText(link ?? '')}</link>\n<description>${name}</description>\n`,
    tail: '</channel>\n</rss>\n',
  };
}

function atomFrame({ title, link, updated }: FeedFrame): Pick<FeedEncoder, 'head' | 'tail'> {
  const address = xmlText(link ?? 'urn:omnifeed:products');
  return {
    head:
      `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES}>\n<title>${xmlText(title)}</title>\n` +
      `<link rel="self" href="${address}"/>\n<id>${address}</id>\n<updated>${updated}</updated>\n`,
    tail: '</feed>\n',
  };
}

/** `care label: 30 C` as `<c:care_label>30 C</c:care_label>`; members of a group stand inside it. */
function ownElements(value: JsonValue): string {
  const entries = isJsonArray(value) ? value.filter(isJsonObject) : [];
  return entries.map((entry) => ownElement(entry)).join('');
}

function ownElement(entry: JsonObject): string {
  const tag = `c:${elementName(String(entry.name))}`;
  const members = isJsonArray(entry.group_value) ? entry.group_value.filter(isJsonObject) : [];
  if (members.length === 0) return xmlElement(tag, entry.value ?? '');
  return `<${tag}>\n${members.map((member) => ownElement(member)).join('')}</${tag}>\n`;
}

/** Blanks are underscores in a name, and a name begins with a letter; what no name can hold becomes an underscore too. */
function elementName(name: string): string {
  const plain = name.trim().replace(/[^\p{L}\p{N}_-]+/gu, '_');
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}
