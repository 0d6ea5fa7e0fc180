import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GOOGLE_COLUMNS } from '../../../connectors/feed-file/google-columns.js';
import { ATTRIBUTE_BY_NAME } from '../../../connectors/google-merchant/attributes.js';
import { feedEncoder } from '../../../connectors/google-merchant/feed/feed-encoder.js';
import { FEED_FORMATS, type FeedFormat } from '../../../connectors/google-merchant/feed/feed-format.js';
import {
  feedParts,
  partName,
  partOf,
  partsFor,
} from '../../../connectors/google-merchant/feed/feed-parts.js';
import { type FeedFiles, writeFeed } from '../../../connectors/google-merchant/feed/write-feed.js';
import { canonicalListing } from '../../../connectors/google-merchant/listing-form.js';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { FeedListing } from '../../../src/channel/feed-port.js';
import { cleanText } from '../../../src/channel/file-text.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { type ReadFeed, readTabFeed, readXmlFeed } from './feed-readers.js';
import { wholeListings } from './listing-samples.js';
import { LISTING, testHost } from './support.js';

const FRAME = {
  title: 'Acme & Co',
  link: 'https://shop.example.com/?a=1&b=2',
  updated: '2026-11-25T00:00:00Z',
};

function textOf(format: FeedFormat, listings: ReadonlyMap<string, JsonObject>): string {
  const encoder = feedEncoder(format, FRAME);
  return (
    encoder.head + [...listings].map(([id, listing]) => encoder.item(id, listing)).join('') + encoder.tail
  );
}

function read(format: FeedFormat, text: string): ReadFeed {
  return format === 'tsv' ? readTabFeed(text) : readXmlFeed(text);
}

/** What a file says, spelled as listings are; tables have no column for attributes of a merchant's own. */
function told(
  format: FeedFormat,
  listings: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, JsonObject> {
  return new Map(
    [...read(format, textOf(format, listings))].map(([id, item]) => [id, canonicalListing(item)]),
  );
}

function expected(format: FeedFormat, listing: JsonObject): JsonObject {
  const { custom_attribute, ...others } = listing;
  return format === 'tsv' || custom_attribute === undefined ? others : { ...others, custom_attribute };
}

describe.each(FEED_FORMATS)('a product file in %s', (format) => {
  it('says of every attribute of the table what the listing says', () => {
    const listings = new Map(wholeListings(20).map((listing, place) => [`SKU ${place}`, distinct(listing)]));
    const found = told(format, listings);
    expect([...found.keys()]).toEqual([...listings.keys()]);
    for (const [id, listing] of listings) expect(found.get(id)).toEqual(expected(format, listing));
  });

  it('writes energy labels in the capitals of the specification', () => {
    const label = {
      certification_authority: 'ec',
      certification_name: 'eprel',
      certification_code: '123456',
    };
    const listings = new Map([['A', { certification: [label] }]]);
    const entry = {
      certification_authority: 'EC',
      certification_name: 'EPREL',
      certification_code: '123456',
    };
    const [found] = [read(format, textOf(format, listings)).get('A')?.certification].flat();
    expect(found).toEqual(entry);
  });

  it('keeps ids as they are', () => {
    const listings = new Map(['00012345', '1e5', 'A&B "x"', 'tab,le:1'].map((id) => [id, LISTING]));
    expect([...read(format, textOf(format, listings)).keys()]).toEqual([...listings.keys()]);
  });

  it('stays sound whatever is in a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), (nasty) => {
        const title = cleanText(nasty);
        fc.pre(title !== '');
        const item = read(
          format,
          textOf(format, new Map([['A', { title, product_highlight: [title, 'b'] }]])),
        ).get('A');
        const shown =
          format === 'tsv'
            ? title.replace(/[\t\n\r\u2028\u2029]+/g, ' ')
            : title.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
        expect(item).toEqual({ title: shown, product_highlight: [shown, 'b'] });
      }),
      { numRuns: 300 },
    );
  });

  it('is sound without items', () => {
    expect(read(format, textOf(format, new Map()))).toEqual(new Map());
  });

  it('is read by our own import as the same products', async () => {
    const listings = new Map([
      [
        '00012345',
        { ...LISTING, gtin: '4006381333931', product_type: ['Home > Lamps'], shipping_weight: '2.5 lb' },
      ],
      ['B', { ...LISTING, sale_price: '19.99 USD', availability: 'out_of_stock', brand: 'A "B", C' }],
      [
        'C',
        { ...LISTING, shipping: [{ country: 'US', service: 'A:B', price: '4.90 USD' }], color: 'Red, blue' },
      ],
    ]);
    const products = await imported(textOf(format, listings));
    expect(products.map(({ variants }) => variants[0]?.sku)).toEqual([...listings.keys()]);
    const [first, second, third] = products;
    expect(first?.product).toMatchObject({
      title: LISTING.title,
      link: LISTING.link,
      categories: ['Home > Lamps'],
    });
    expect(first?.variants[0]).toMatchObject({
      content: { gtin: '4006381333931', mpn: LISTING.mpn, weight: { value: 2.5, unit: 'lb' } },
      offer: { price: { minor: 2_499, currency: 'USD' }, tracked: false },
    });
    expect(second?.product.brand).toBe('A "B", C');
    expect(second?.variants[0]).toMatchObject({
      offer: { salePrice: { minor: 1_999, currency: 'USD' } },
      stock: [{ onHand: 0 }],
    });
    expect(third?.variants[0]?.content).toMatchObject({ options: { color: 'Red, blue' } });
    expect(third?.variants[0]?.content.attributes).toHaveProperty('shipping');
  });
});

/** Own attributes get names of their own, because a reader puts elements of one name together. */
function distinct(listing: JsonObject): JsonObject {
  const own = (listing.custom_attribute ?? []) as readonly JsonObject[];
  return {
    ...listing,
    custom_attribute: own.map((entry, place) => ({
      name: `own ${place}`,
      ...(entry.value === undefined ? {} : { value: entry.value }),
      ...(entry.group_value === undefined
        ? {}
        : {
            group_value: (entry.group_value as readonly JsonObject[]).map((member, at) => ({
              name: `member ${at}`,
              value: member.value ?? 'x',
            })),
          }),
    })),
  };
}

async function imported(text: string): Promise<readonly SourceProduct[]> {
  const file = path.join(folder, 'feed.txt');
  writeFileSync(file, text);
  const context = { report: () => undefined, signal: new AbortController().signal };
  const products: SourceProduct[] = [];
  for await (const batch of openSource(file, { id: 's' }, context)) products.push(...batch);
  return products;
}

describe('the frame of a file', () => {
  it('names Google’s namespace letter by letter, and the time where the format has one', () => {
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    const atom = parser.parse(textOf('atom', new Map([['A', LISTING]]))) as { feed: JsonObject };
    expect(atom.feed).toMatchObject({
      '@_xmlns:g': 'http://base.google.com/ns/1.0',
      updated: FRAME.updated,
      title: 'Acme & Co',
      id: FRAME.link,
    });
    const rss = parser.parse(textOf('rss', new Map())) as { rss: JsonObject };
    expect(rss.rss).toMatchObject({
      '@_xmlns:g': 'http://base.google.com/ns/1.0',
      '@_version': '2.0',
      channel: { link: FRAME.link },
    });
  });
});

describe('the files of a large feed', () => {
  const skus = Array.from({ length: 2_000 }, (_, place) => `SKU-${place}`);

  it('hold every listing once, in the file its SKU decides about', () => {
    const split = feedParts(feedEncoder('rss', FRAME), 4);
    const texts = ['', '', '', ''];
    for (const { part, text } of [
      ...split.begin(),
      ...skus.map((sku) => split.item(sku, LISTING)),
      ...split.end(),
    ]) {
      texts[part] += text;
    }
    const found = texts.flatMap((text) => [...readXmlFeed(text).keys()]);
    expect(found.sort()).toEqual([...skus].sort());
    for (const count of split.counts()) expect(count).toBeGreaterThan(400);
    texts.forEach((text, part) => {
      for (const sku of readXmlFeed(text).keys()) expect(partOf(sku, 4)).toBe(part);
    });
  });

  it('leave half of the products where they are when their number is doubled', () => {
    const stay = skus.filter((sku) => partOf(sku, 2) === partOf(sku, 4)).length;
    expect(stay).toBeGreaterThan(900);
    for (const sku of skus) expect([partOf(sku, 2), partOf(sku, 2) + 2]).toContain(partOf(sku, 4));
  });

  it('are as many as keep each of them manageable', () => {
    expect([0, 1, 100_000, 100_001, 250_000, 1_000_000].map((items) => partsFor(items))).toEqual([
      1, 1, 1, 2, 4, 16,
    ]);
  });

  it('say when one of them has grown too large, and how many there should be', () => {
    const encoder = feedEncoder('tsv', FRAME);
    const add = (parts: number, limits: { items: number; bytes: number }) => {
      const split = feedParts(encoder, parts, limits);
      for (const sku of skus) split.item(sku, LISTING);
      return split.overflow();
    };
    expect(add(2, { items: 1_500, bytes: 1e9 })).toBeNull();
    expect(add(2, { items: 500, bytes: 1e9 })).toMatchObject({ items: 2_000, partsAdvised: 4 });
    expect(add(1, { items: 1e6, bytes: 50_000 })).toMatchObject({ partsAdvised: 16 });
  });

  it.each([
    ['products.xml.gz', 'products-2.xml.gz'],
    ['/feeds/v1.2/products.tsv', '/feeds/v1.2/products-2.tsv'],
    ['products', 'products-2'],
  ])('are called %s and %s', (file, second) => {
    expect(partName(file, 0)).toBe(file);
    expect(partName(file, 1)).toBe(second);
  });
});

describe('the columns of feed files for any channel', () => {
  it.each(GOOGLE_COLUMNS.map((column) => [column.name, column] as const))(
    'say of %s what the attribute table says',
    (name, column) => {
      const row = ATTRIBUTE_BY_NAME.get(name);
      expect(row?.type.kind === 'group').toBe(column.members !== undefined);
      // gtin repeats and is yet a plain text when it has one value, in both.
      expect(row?.list !== null).toBe(column.shape === 'list' || column.shape === 'groups');
      const members = row?.type.kind === 'group' ? row.type.members.map((member) => member.name) : [];
      expect(members).toEqual(expect.arrayContaining([...(column.members ?? [])]));
    },
  );
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-google-feed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing a feed to disk', () => {
  const listings: readonly FeedListing[] = Array.from({ length: 40 }, (_, place) => ({
    sku: `SKU-${place}`,
    attributes: { ...LISTING, title: `Lamp ${place}` },
  }));
  const files = (more: Partial<FeedFiles> = {}): FeedFiles => ({
    ...{
      file: path.join(folder, 'feed.tsv'),
      format: 'tsv',
      gzip: false,
      parts: 1,
      title: 'Shop',
      link: null,
    },
    ...more,
  });

  it('shows the new files only when they are whole', async () => {
    const writer = await writeFeed(files(), 'run-1', testHost());
    await writer.write(listings);
    expect(readdirSync(folder)).toEqual(['feed.tsv.tmp-run-1']);
    const written = await writer.commit();
    expect(readdirSync(folder)).toEqual(['feed.tsv']);
    const text = readFileSync(path.join(folder, 'feed.tsv'), 'utf8');
    expect(written).toEqual({
      items: 40,
      bytes: Buffer.byteLength(text),
      location: path.join(folder, 'feed.tsv'),
    });
    expect(readTabFeed(text).get('SKU-7')).toMatchObject({ title: 'Lamp 7', price: '24.99 USD' });
  });

  it('compresses every part, and takes files of more parts away', async () => {
    const run = async (parts: number, key: string): Promise<void> => {
      const writer = await writeFeed(
        files({ file: path.join(folder, 'feed.xml.gz'), format: 'rss', gzip: true, parts }),
        key,
        testHost(),
      );
      await writer.write(listings);
      await writer.commit();
    };
    const live = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.gz'));
    await run(4, 'run-1');
    expect(live().sort()).toEqual(['feed-2.xml.gz', 'feed-3.xml.gz', 'feed-4.xml.gz', 'feed.xml.gz']);
    await run(2, 'run-2');
    expect(live().sort()).toEqual(['feed-2.xml.gz', 'feed.xml.gz']);
    const found = live().flatMap((name) => [
      ...readXmlFeed(gunzipSync(readFileSync(path.join(folder, name))).toString('utf8')).keys(),
    ]);
    expect(found.sort()).toEqual(listings.map(({ sku }) => sku).sort());
  });

  it('leaves the live files alone when it is given up', async () => {
    const first = await writeFeed(files({ parts: 2 }), 'run-1', testHost());
    await first.write(listings);
    await first.commit();
    const before = readFileSync(path.join(folder, 'feed.tsv'), 'utf8');
    const second = await writeFeed(files({ parts: 2 }), 'run-2', testHost());
    await second.write(listings.slice(0, 3));
    await second.abort();
    expect(readFileSync(path.join(folder, 'feed.tsv'), 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  });
});
