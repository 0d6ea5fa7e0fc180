import { randomBytes } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { type HostileFile, SCALE, whole } from './hostile-file.js';
import { inlineRow, workbookEntries, type ZipEntry, zipBytes } from './zip-bytes.js';

const CSV = 'Handle,Title,Variant SKU,Variant Price\na,A,S-1,1.00\nb,B,S-2,2.00\n';
const HEAD = inlineRow(1, ['sku', 'title', 'price']);
const GOOD = HEAD + inlineRow(2, ['S-1', 'Lamp', '5.00']);
const book = (entries: readonly ZipEntry[]): (() => Iterable<Buffer>) => whole(zipBytes(entries));
const sheet = (rows: string, strings?: string): (() => Iterable<Buffer>) =>
  book(workbookEntries(rows, strings));

/** Files that are small until somebody unpacks them, and archives that are not what they say. */
export const PACKED: readonly HostileFile[] = [
  {
    what: 'gzip that grows a thousand times',
    bytes: whole(gzipSync(`${CSV}${'\n'.repeat(40 * SCALE * 1024 ** 2)}`)),
    end: 'source_too_large',
  },
  {
    what: 'gzip of a table whose one cell grows without end',
    bytes: whole(gzipSync(`Handle,Title,Variant Price\na,"${'x'.repeat(30 * SCALE * 1024 ** 2)}",1.00\n`)),
    end: 'source_record_too_large',
  },
  { what: 'gzip in gzip', bytes: whole(gzipSync(gzipSync(CSV))), end: 'source_binary' },
  {
    what: 'gzip with rubbish behind it',
    bytes: whole(Buffer.concat([gzipSync(CSV), randomBytes(64)])),
    end: 'source_incomplete',
  },
  {
    what: 'gzip in two members, which is allowed',
    bytes: whole(Buffer.concat([gzipSync(CSV.slice(0, 45)), gzipSync(CSV.slice(45))])),
    end: { variants: 2 },
  },
  { what: 'gzip that is cut', bytes: whole(gzipSync(CSV).subarray(0, -9)), end: 'source_incomplete' },
  {
    what: 'a gzip head and nothing else',
    bytes: whole(gzipSync('').subarray(0, 10)),
    end: 'source_incomplete',
  },
  {
    what: 'gzip with a name of a megabyte in its head',
    bytes: whole(namedGzip(1024 ** 2)),
    end: { variants: 2 },
  },
  {
    what: 'a workbook whose sheet grows a thousand times',
    bytes: sheet(HEAD + ' '.repeat(40 * SCALE * 1024 ** 2)),
    mapping: 'generic',
    end: 'source_record_too_large',
  },
  {
    what: 'a workbook with one text of many megabytes',
    bytes: sheet(HEAD + inlineRow(2, ['S-1', 'x'.repeat(6 * 1024 ** 2), '1'])),
    mapping: 'generic',
    end: 'source_record_too_large',
  },
  {
    what: 'a workbook with a million shared texts that nobody uses',
    bytes: sheet(GOOD, `<sst>${'<si><t>a</t></si>'.repeat(200_000 * SCALE)}</sst>`),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'a workbook that points at a shared text that is not there',
    bytes: sheet(`${HEAD}<row r="2"><c r="A2" t="s"><v>99999999</v></c></row>`),
    mapping: 'generic',
    end: 'source_header_only',
  },
  {
    what: 'a workbook with a cell in the last column there is',
    bytes: sheet(`${GOOD}<row r="3"><c r="XFD3"><v>1</v></c></row>`),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'a workbook with a cell far beyond the last column',
    bytes: sheet(`${GOOD}<row r="3"><c r="ZZZZZZZZ3"><v>1</v></c></row>`),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'a workbook whose rows say that they are a billion',
    bytes: sheet(`${GOOD}${inlineRow(999_999_999, ['S-2', 'B', '1'])}`),
    mapping: 'generic',
    end: { variants: 2 },
  },
  {
    what: 'a workbook with a document type in its sheet',
    bytes: book(
      workbookEntries(GOOD).map((entry) =>
        entry.name.endsWith('sheet1.xml')
          ? { ...entry, data: `<!DOCTYPE x [<!ENTITY a "aaaa">]>${entry.data}` }
          : entry,
      ),
    ),
    mapping: 'generic',
    end: 'source_doctype',
  },
  {
    what: 'a workbook that is cut',
    bytes: whole(zipBytes(workbookEntries(GOOD)).subarray(0, -30)),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'a workbook whose sheet is larger than its directory says',
    bytes: book(
      workbookEntries(GOOD).map((entry) =>
        entry.name.endsWith('sheet1.xml') ? { ...entry, claims: 10 } : entry,
      ),
    ),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'a workbook that is locked with a password',
    bytes: book(workbookEntries(GOOD).map((entry) => ({ ...entry, flags: 1 }))),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive with 10,000 empty entries',
    bytes: book([
      ...Array.from({ length: 10_000 }, (_, n) => ({ name: `xl/media/${n}`, data: '' })),
      ...workbookEntries(GOOD),
    ]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive whose names lead out of its folder',
    bytes: book([...workbookEntries(GOOD), { name: '../../../../tmp/omnifeed-zip-slip', data: 'gotcha' }]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive whose names begin at the root',
    bytes: book([...workbookEntries(GOOD), { name: '/etc/omnifeed-zip-slip', data: 'gotcha' }]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive with a link to the passwords of the machine',
    bytes: book([
      ...workbookEntries(GOOD).filter(({ name }) => !name.endsWith('sheet1.xml')),
      { name: 'xl/worksheets/sheet1.xml', data: '/etc/passwd', mode: 0o120777 },
    ]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive in an archive',
    bytes: book([{ name: 'inner.zip', data: zipBytes(workbookEntries(GOOD)) }]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'an archive of a thousand names for the same bytes',
    bytes: book([
      ...workbookEntries(GOOD),
      ...Array.from({ length: 1_000 }, (_, n) => ({ name: `xl/media/${n}`, data: 'x', at: 4 })),
    ]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  { what: 'an archive with nothing in it', bytes: book([]), mapping: 'generic', end: 'source_binary' },
  {
    what: 'an archive without a workbook',
    bytes: book([{ name: 'readme.txt', data: 'hello' }]),
    mapping: 'generic',
    end: 'source_incomplete',
  },
];

/** A gzip whose head carries a long file name (RFC 1952, 2.3.1: flag 8, the name, a zero). */
function namedGzip(length: number): Buffer {
  const plain = gzipSync(CSV);
  const head = Buffer.from(plain.subarray(0, 10));
  head[3] = 8;
  return Buffer.concat([
    head,
    Buffer.alloc(length, 'n'),
    Buffer.from([0]),
    deflateRawSync(CSV),
    plain.subarray(-8),
  ]);
}
