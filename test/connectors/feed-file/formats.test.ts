import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../../connectors/feed-file/canonical.js';
import { GOOGLE_COLUMNS } from '../../../connectors/feed-file/google-columns.js';
import { googleTable } from '../../../connectors/feed-file/google-table.js';
import { META_COLUMNS } from '../../../connectors/feed-file/meta-columns.js';
import { metaTable } from '../../../connectors/feed-file/meta-table.js';
import { type FeedFormat, FORMATS } from '../../../connectors/feed-file/settings.js';
import { readGoogleRss } from '../../../connectors/feed-file/simulator/read-google-rss.js';
import { xmlFeed } from '../../../connectors/feed-file/xml-feed.js';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { freshFolder, LAMP, writeFeed } from './support.js';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = freshFolder());
});
afterEach(() => remove());

async function written(format: FeedFormat, listings: Readonly<Record<string, JsonObject>>): Promise<string> {
  const file = path.join(folder, `feed.${format}`);
  await writeFeed({ path: file, format, title: 'Acme & Co', link: 'https://shop.example' }, listings);
  return readFileSync(file, 'utf8');
}

/** Google's tab-delimited rules, read on their own: entries and members may be quoted by themselves. */
function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts = [''];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
function googleRows(tsv: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = tsv.trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) =>
    Object.fromEntries(line.split('\t').map((value, index) => [names[index] ?? '?', value])),
  );
}

describe('the formats of feed files', () => {
  it('writes Google RSS that a reader of its own understands as what was given', async () => {
    const listings = { '00012345': LAMP, '1e5': { ...LAMP, multipack: 2, identifier_exists: 'no' } };
    const held = readGoogleRss(await written('google-rss', listings));
    expect(held).toEqual(new Map(Object.entries(listings)));
  });

  it('writes well-formed Atom with an entry per item', async () => {
    const xml = await written('google-atom', { A: LAMP, B: LAMP });
    expect(XMLValidator.validate(xml)).toBe(true);
    const { feed } = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(xml);
    expect(feed['@_xmlns:g']).toBe('http://base.google.com/ns/1.0');
    expect(feed.updated).toBe('2026-11-24T00:00:00.000Z');
    expect(feed.entry.map((entry: JsonObject) => entry['g:id'])).toEqual(['A', 'B']);
    expect(feed.entry[0]['g:shipping'][1]).toEqual({
      'g:country': 'DE',
      'g:region': 'BE',
      'g:service': 'A:B',
      'g:price': '9.90 EUR',
    });
  });

  it('writes Google TSV with one line per item, entries and members quoted by themselves', async () => {
    const [row] = googleRows(await written('google-tsv', { A: LAMP }));
    expect(row?.id).toBe('A');
    expect(unquoted(row?.title ?? '')).toBe(LAMP.title);
    expect(unquoted(row?.description ?? '')).toBe('It\'s 2.5" wide, red, and bright');
    expect(splitOutsideQuotes(row?.additional_image_link ?? '', ',').map(unquoted)).toEqual(
      LAMP.additional_image_link,
    );
    const name = Object.keys(row ?? {}).find((header) => header.startsWith('shipping(')) ?? '';
    const members = name.slice('shipping('.length, -1).split(':');
    const entries = splitOutsideQuotes(row?.[name] ?? '', ',').map((entry) => {
      const values = splitOutsideQuotes(entry, ':').map(unquoted);
      return Object.fromEntries(members.map((member, index) => [member, values[index]]).filter((m) => m[1]));
    });
    expect(entries).toEqual(LAMP.shipping);
    expect(row?.['product_detail(section_name:attribute_name:attribute_value)']).toBe(
      'Size:Diagonal:"2.5""",:Bulb:"E27, warm"',
    );
  });

  it.each([
    ['meta-csv', ','],
    ['meta-tsv', '\t'],
  ] as const)('writes %s with Meta’s spelling and nested values', async (format, delimiter) => {
    const listing = {
      ...LAMP,
      identifier_exists: 'no',
      internal_label: ['summer', 'new'],
      video: [{ url: 'https://cdn.example/v.mp4', tag: ['a'] }],
      additional_variant_attribute: [{ variant_label: 'Scent', variant_value: 'Fruity: apple, pear' }],
      quantity_to_sell_on_facebook: 0,
    };
    const text = await written(format, { A: listing, B: { ...LAMP, availability: 'backorder' } });
    const rows = parse<Record<string, string>>(text, { columns: true, delimiter });
    expect(rows).toHaveLength(2);
    expect(text.trimEnd().split('\n')).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      id: 'A',
      title: LAMP.title,
      availability: 'in stock',
      product_type: 'Home > Lamps',
      additional_image_link: 'https://cdn.example/2%2Ca.jpg,https://cdn.example/3.jpg',
      internal_label: "['summer','new']",
      video: '[{"url":"https://cdn.example/v.mp4","tag":["a"]}]',
      additional_variant_attribute: 'Scent:Fruity apple pear',
      shipping: 'US::Standard:4.90 USD,DE:BE:A B:9.90 EUR',
      quantity_to_sell_on_facebook: '0',
      sale_price: '',
    });
    expect(rows[0]).not.toHaveProperty('identifier_exists');
    expect(rows[1]?.availability).toBe('available for order');
  });

  it('writes Meta XML with the prefix for Google’s names only', async () => {
    const xml = await written('meta-xml', {
      A: { ...LAMP, internal_label: ['a', 'b'], video: [{ url: 'https://cdn.example/v.mp4' }] },
    });
    expect(XMLValidator.validate(xml)).toBe(true);
    const { item } = new XMLParser({ parseTagValue: false }).parse(xml).rss.channel;
    expect(item).toMatchObject({
      'g:availability': 'in stock',
      internal_label: ['a', 'b'],
      video: { url: 'https://cdn.example/v.mp4' },
    });
    expect(item['g:product_detail']).toBeUndefined();
  });

  it('writes JSON lines with the SKU first and anything after it', async () => {
    const lines = (await written('jsonl', { A: { free: { form: [1] } }, B: LAMP })).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { id: 'A', free: { form: [1] } },
      { id: 'B', ...LAMP },
    ]);
  });

  it.each(FORMATS)('compresses %s to the same content', async (format) => {
    const plain = await written(format, { A: LAMP });
    const file = path.join(folder, 'feed.gz');
    const settings = { path: file, format, gzip: true, title: 'Acme & Co', link: 'https://shop.example' };
    const { bytes } = await writeFeed(settings, { A: LAMP });
    expect(gunzipSync(readFileSync(file)).toString('utf8')).toBe(plain);
    expect(bytes).toBe(readFileSync(file).length);
  });

  it.each(FORMATS)('writes a sound %s without items', async (format) => {
    const text = await written(format, {});
    if (format === 'jsonl') expect(text).toBe('');
    else if (text.startsWith('<')) expect(XMLValidator.validate(text)).toBe(true);
    else expect(text.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('whatever is in a text', () => {
  const nasty = fc.string({ unit: 'binary', minLength: 1 });

  it('stays one value in RSS', () => {
    const encoder = xmlFeed({ path: '', format: 'google-rss' }, 'google-rss', '');
    fc.assert(
      fc.property(nasty, (title) => {
        const listing = canonical({ title, product_highlight: [title] });
        const xml = encoder.head + encoder.item('A', listing) + encoder.tail;
        // Line ends are read as \n by every XML reader.
        const read = JSON.stringify(listing).replaceAll('\\r\\n', '\\n').replaceAll('\\r', '\\n');
        expect(JSON.stringify(readGoogleRss(xml).get('A'))).toBe(read);
      }),
      { numRuns: 500 },
    );
  });

  it('stays one cell on one line in the tables', () => {
    const google = googleTable();
    const tables = [',', '\t'].map((mark) => [mark, metaTable(mark as ',')] as const);
    fc.assert(
      fc.property(nasty, (title) => {
        const listing = canonical({ title, product_detail: [{ attribute_name: title }] });
        const line = google.item('A', listing);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(line.split('\t')).toHaveLength(GOOGLE_COLUMNS.length + 1);
        for (const [delimiter, table] of tables) {
          const rows = parse(table.item('A', listing), { delimiter }) as unknown as readonly string[][];
          expect(rows).toHaveLength(1);
          expect(rows[0]).toHaveLength(META_COLUMNS.length + 1);
          expect(rows[0]?.[1]).toBe(String(listing.title).replace(/[\t\n\r\u2028\u2029]+/g, ' '));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('loses only what no file can carry', () => {
    expect(canonical({ title: ' a\u0000b\ud800c 🧘\n', tags: ['\u0007'] })).toEqual({
      title: 'abc 🧘',
      tags: [''],
    });
  });
});

describe('our own import', () => {
  it.each(['google-rss', 'google-atom', 'google-tsv'] as const)(
    'recognises %s and reads it back',
    async (format) => {
      await written(format, { '00012345': LAMP, '1e5': { ...LAMP, availability: 'out_of_stock' } });
      const context = { report: () => undefined, signal: new AbortController().signal };
      const source = { id: 's', currency: 'USD' };
      const products: SourceProduct[] = [];
      for await (const batch of openSource(path.join(folder, `feed.${format}`), source, context))
        products.push(...batch);
      expect(products.map(({ variants }) => variants[0]?.sku)).toEqual(['00012345', '1e5']);
      expect(products[0]?.product).toMatchObject({ title: LAMP.title, brand: LAMP.brand, link: LAMP.link });
      expect(products[0]?.variants[0]).toMatchObject({
        content: { gtin: LAMP.gtin },
        offer: { price: { minor: 3_400, currency: 'USD' } },
      });
    },
  );
});
