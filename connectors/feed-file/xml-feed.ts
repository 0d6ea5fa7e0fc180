import { xmlText } from '../../src/channel/file-text.js';
import { xmlElement } from '../../src/channel/xml-element.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { FeedEncoder } from './feed-encoder.js';
import { GOOGLE_COLUMNS } from './google-columns.js';
import { META_COLUMNS } from './meta-columns.js';
import { metaSpelling } from './meta-spelling.js';
import type { FeedFileSettings } from './settings.js';

type XmlFormat = 'google-rss' | 'google-atom' | 'meta-xml';

/** Google's namespace; readers compare it letter by letter. */
const NAMESPACE = 'http://base.google.com/ns/1.0';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * RSS 2.0 or Atom 1.0 with Google's elements. Meta reads the same RSS; attributes outside Google's namespace then stand
 * without the prefix. Written by hand: one element a line, because Meta refuses lines over 5 MiB, and because it is fast.
 */
export function xmlFeed(settings: FeedFileSettings, format: XmlFormat, updated: string): FeedEncoder {
  const tag = format === 'google-atom' ? 'entry' : 'item';
  const tags = tagsOf(format);
  const frame = format === 'google-atom' ? atomFrame(settings, updated) : rssFrame(settings);
  const spelled = format === 'meta-xml' ? metaSpelling : (attributes: JsonObject) => attributes;
  return {
    ...frame,
    item: (sku, attributes) =>
      `<${tag}>\n<g:id>${xmlText(sku)}</g:id>\n${members(tags, spelled(attributes))}</${tag}>\n`,
  };
}

/** Element names by attribute; an attribute without one is not written. */
function tagsOf(format: XmlFormat): ReadonlyMap<string, string> {
  const google = GOOGLE_COLUMNS.map((column) => column.name);
  if (format !== 'meta-xml') return new Map(google.map((name) => [name, `g:${name}`]));
  const shared = new Set(google);
  return new Map(META_COLUMNS.map(({ name }) => [name, shared.has(name) ? `g:${name}` : name]));
}

function rssFrame({ title, link }: FeedFileSettings): Pick<FeedEncoder, 'head' | 'tail'> {
  const name = xmlText(title ?? 'Products');
  return {
    head:
      `${DECLARATION}<rss version="2.0" xmlns:g="${NAMESPACE}">\n<channel>\n<title>${name}</title>\n` +
      `${link === undefined ? '' : `<link>${xmlText(link)}</link>\n`}<description>${name}</description>\n`,
    tail: '</channel>\n</rss>\n',
  };
}

function atomFrame({ title, link }: FeedFileSettings, updated: string): Pick<FeedEncoder, 'head' | 'tail'> {
  const address = xmlText(link ?? 'urn:omnifeed:products');
  return {
    head:
      `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="${NAMESPACE}">\n` +
      `<title>${xmlText(title ?? 'Products')}</title>\n<link rel="self" href="${address}"/>\n<id>${address}</id>\n` +
      `<updated>${updated}</updated>\n`,
    tail: '</feed>\n',
  };
}

function members(tags: ReadonlyMap<string, string>, attributes: JsonObject): string {
  let xml = '';
  for (const name of Object.keys(attributes)) {
    const tag = tags.get(name);
    const value = attributes[name];
    if (tag === undefined || value === undefined) continue;
    xml += xmlElement(tag, value);
  }
  return xml;
}
