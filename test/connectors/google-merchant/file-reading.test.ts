import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { feedEncoder } from '../../../connectors/google-merchant/feed/feed-encoder.js';
import { FEED_FORMATS } from '../../../connectors/google-merchant/feed/feed-format.js';
import { readListing } from '../../../connectors/google-merchant/simulator/listing-text.js';
import { type ReadFeed, readFeed } from '../../../connectors/google-merchant/simulator/read-feed.js';
import { wholeListings } from './listing-samples.js';

const MARKET = { contentLanguage: 'de', feedLabel: 'DE-OUTLET' };
const FRAME = { title: 'T', link: null, updated: '2026-11-25T00:00:00Z' };
const G = 'xmlns:g="http://base.google.com/ns/1.0"';

const read = (text: string | Buffer): ReadFeed =>
  readFeed(typeof text === 'string' ? Buffer.from(text) : text, MARKET);
const rss = (items: string, root = `<rss version="2.0" ${G}>`): string =>
  `<?xml version="1.0"?>\n${root}<channel>${items}</channel></rss>`;

describe('the simulated reading of product files', () => {
  it.each(FEED_FORMATS)('finds in %s every attribute the listing has, packed or not', (format) => {
    const encoder = feedEncoder(format, FRAME);
    // Names of elements hold no signs; what becomes of them is the writer's own test.
    const own = [
      { name: 'care label', value: '30 °C & <no> iron' },
      { name: 'fit', group_value: [{ name: 'waist size', value: 'slim' }] },
    ];
    const listings = wholeListings(6).map((listing) => ({ ...listing, custom_attribute: own }));
    const body = listings.map((listing, place) => encoder.item(`SKU ${place}`, listing)).join('');
    const text = encoder.head + body + encoder.tail;
    const plain = read(text);
    expect(plain.issues).toEqual([]);
    for (const [place, listing] of listings.entries()) {
      const { custom_attribute, ...others } = listing;
      const expected = format === 'tsv' ? others : { ...others, custom_attribute };
      const found = plain.items.get(`SKU ${place}`) ?? {};
      expect(readListing(found)).toEqual(expected);
      expect(found).toMatchObject(MARKET);
    }
    expect(read(gzipSync(text))).toEqual(plain);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['a page', '<!DOCTYPE html><html><body></body></html>', 'page'],
    ['XML that does not close', rss('<item>'), 'well-formed'],
    ['XML of another kind', '<urlset><url/></urlset>', 'neither'],
    [
      'another namespace',
      rss('', '<rss version="2.0" xmlns:g="https://base.google.com/ns/1.0">'),
      'namespace',
    ],
    ['an older RSS', rss('', `<rss version="0.91" ${G}>`), '2.0'],
    ['Atom without its namespace', `<feed ${G}></feed>`, 'Atom'],
    ['entities of HTML', rss('<item><g:id>A</g:id><g:title>a&nbsp;b</g:title></item>'), 'entities'],
    ['control characters', rss('<item><g:id>A\u0007</g:id></item>'), 'forbids'],
    ['another encoding', Buffer.from([0x69, 0x64, 0x09, 0xe9, 0x0a]), 'UTF-8'],
    ['a broken archive', gzipSync('id\n').subarray(0, 12), 'unpacked'],
    ['a table without ids', 'title\tlink\nA\thttps://a.example\n', 'id'],
    ['a column twice', 'id\ttitle\ttitle\nA\ta\tb\n', 'twice'],
    ['a quote that never closes', 'id\ttitle\nA\t"12 inch\n', 'quote'],
    ['members in an order nobody knows', 'id\tcertification\nA\tEC:EPREL:1\n', 'order'],
  ])('refuses a file with %s as a whole', (_what, file, reason) => {
    const { readable, items, issues } = read(file);
    expect({ readable, items: items.size }).toEqual({ readable: false, items: 0 });
    expect(issues).toMatchObject([
      { code: 'file_unreadable', severity: 'ERROR', title: expect.stringContaining(reason) },
    ]);
  });

  it('leaves out single items that cannot be used, counts them, and takes the others', () => {
    const file = [
      'id\ttitle\tprice\tadult\tavailability',
      ...[
        'A\tGood\t1.00 EUR\tno\tin_stock',
        'A\tAgain\t1.00 EUR\tno\tin_stock',
        '\tNo id\t1.00 EUR\tno\tin_stock',
      ],
      ...[
        'C\tComma\t1,00 EUR\tno\tin_stock',
        'D\tSymbol\t€1.00\tno\tin_stock',
        'E\tMaybe\t1.00 EUR\tmaybe\tin_stock',
      ],
      ...[
        'F\tSoon\t1.00 EUR\tno\tin stock soon',
        'G\tToo\tmany\tcells\there\tnow',
        `${'x'.repeat(51)}\tLong\t1.00 EUR\tno\tin_stock`,
      ],
      '',
    ].join('\n');
    const { readable, items, issues } = read(file);
    expect(readable).toBe(true);
    expect([...items.keys()]).toEqual(['A']);
    const counted = issues.reduce((sum, { count }) => sum + Number(count), 0);
    expect(counted).toBe(8);
    expect(new Set(issues.map(({ code }) => code))).toEqual(
      new Set(['duplicate_id', 'missing_id', 'invalid_value']),
    );
    expect(issues).toContainEqual(
      expect.objectContaining({ title: '[price] The value is no price.', count: '2' }),
    );
  });

  it('reads tables as the rules for tab-delimited files say', () => {
    const file = [
      'ID\tproduct detail\tshipping\tadditional image link\tdescription',
      `A\tGeneral:Product Type:Digital player,Display:Diagonal Size:"2.5"""\tUS:::4.99 USD\thttps://a.example/1.jpg,"https://a.example/2,3.jpg"\t"a ""b""\tc\nd"`,
    ].join('\r\n');
    expect(readListing(read(file).items.get('A') ?? {})).toEqual({
      product_detail: [
        { section_name: 'General', attribute_name: 'Product Type', attribute_value: 'Digital player' },
        { section_name: 'Display', attribute_name: 'Diagonal Size', attribute_value: '2.5"' },
      ],
      shipping: [{ country: 'US', price: '4.99 USD' }],
      additional_image_link: ['https://a.example/1.jpg', 'https://a.example/2,3.jpg'],
      description: 'a "b"\tc\nd',
    });
  });
});
