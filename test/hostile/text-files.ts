import { randomBytes } from 'node:crypto';
import { type HostileFile, repeated, SCALE, whole } from './hostile-file.js';

const HEADER = 'Handle,Title,Variant SKU,Variant Price';
const csv = (...rows: readonly string[]): (() => Iterable<Buffer>) =>
  whole(`${HEADER}\n${rows.join('\n')}\n`);
const JSON_ITEM = '{"sku":"S-1","title":"Lamp","price":"5.00"}';

/** Tables and JSON with names, sizes, letters and values that are meant to be misunderstood. */
export const TEXT: readonly HostileFile[] = [
  {
    what: 'a table with a column called __proto__',
    bytes: whole(`${HEADER},__proto__\na,A,S-1,1.00,polluted\n`),
    end: { variants: 1 },
  },
  {
    what: 'a table with columns called constructor and prototype',
    bytes: whole(`sku,title,price,constructor,prototype,toString\nS-1,A,1.00,x,y,z\n`),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'a table with a cell of many megabytes',
    bytes: repeated(`${HEADER}\na,"`, 'x'.repeat(1_000), 8_000 * SCALE, '",S-1,1.00\n'),
    end: 'source_record_too_large',
  },
  {
    what: 'a table whose header is many megabytes',
    bytes: repeated('Handle,', (n) => `column ${n},`, 600_000 * SCALE, '\na\n'),
    end: 'source_format_unknown',
  },
  {
    what: 'a table with ten thousand columns',
    bytes: whole(
      `${HEADER},${Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(',')}\n${'a,A,S-1,1.00,'.padEnd(10_012, ',')}\n`,
    ),
    end: { variants: 1 },
  },
  {
    what: 'a table with a quote that is never closed',
    bytes: csv('a,"A,S-1,1.00', 'b,B,S-2,2.00'),
    end: 'source_incomplete',
  },
  {
    what: 'a table of nothing but delimiters',
    bytes: repeated('', ',', 200_000),
    end: 'source_format_unknown',
  },
  {
    what: 'a table with half a million empty lines',
    bytes: repeated(`${HEADER}\na,A,S-1,1.00\n`, '\n', 500_000 * SCALE),
    end: { variants: 1 },
  },
  {
    what: 'a table with the same header twice',
    bytes: whole(`${HEADER},Title\na,A,S-1,1.00,B\n`),
    end: { variants: 1 },
  },
  { what: 'a table with only a header', bytes: whole(`${HEADER}\n`), end: 'source_header_only' },
  { what: 'nothing', bytes: whole(''), end: 'source_empty' },
  { what: 'a byte order mark and nothing else', bytes: whole('\ufeff'), end: 'source_empty' },
  { what: 'a table with zero bytes', bytes: csv('a,A\u0000B,S-1,1.00'), end: 'source_binary' },
  {
    what: 'a table with a zero byte beyond what is looked at first',
    bytes: repeated(`${HEADER}\n`, (n) => `h${n},Title,S-${n},1.00\n`, 10_000, 'z,A\u0000B,Z,1.00\n'),
    end: 'source_binary',
  },
  {
    what: 'a table with formulas',
    bytes: csv(
      'a,"=HYPERLINK(""http://evil.example"",""click"")",S-1,1.00',
      'b,@SUM(A1),S-2,2.00',
      "c,+cmd|' /C calc'!A0,S-3,3.00",
      'd,＝1+1,S-4,4.00',
    ),
    end: { variants: 4 },
  },
  {
    what: 'a table that turns the direction of writing',
    bytes: csv('a,Lamp \u202egpj.exe\u202c,S-1,1.00', 'b,\u2066hidden\u2069,S-2,1.00'),
    end: { variants: 2 },
  },
  {
    what: 'a table with letters under a thousand marks',
    bytes: csv(`a,${'Z\u0300'.padEnd(2_000, '\u0300')},S-1,1.00`),
    end: { variants: 1 },
  },
  {
    what: 'a table with identifiers that look like paths',
    bytes: csv('a,A,../../etc/passwd,1.00', 'b,B,C:\\windows\\system32,1.00', 'c,C,%00/../x,1.00'),
    end: { variants: 3 },
  },
  {
    what: 'a table with statements of SQL',
    bytes: csv("a,A,'; DROP TABLE variant; --,1.00", 'b,"B"" OR 1=1",S-2,1.00'),
    end: { variants: 2 },
  },
  {
    what: 'a table with scripts',
    bytes: csv('a,<script>alert(1)</script>,S-1,1.00', 'b,"<img src=x onerror=alert(1)>",S-2,1.00'),
    end: { variants: 2 },
  },
  {
    what: 'a table with prices of every kind of nonsense',
    bytes: csv(
      'a,A,S-1,1e309',
      'b,B,S-2,NaN',
      'c,C,S-3,-0.00',
      'd,D,S-4,999999999999999999999999',
      'e,E,S-5,0x10',
    ),
    end: { variants: 5, complaints: 5 },
  },
  {
    what: 'a table with all kinds of line ends',
    bytes: whole(`${HEADER}\r\na,A,S-1,1.00\rb,B,S-2,1.00\n\rc,C,S-3,1.00\u2028`),
    end: { variants: 3 },
  },
  {
    what: 'a table in UTF-16 that is cut in the middle of a letter',
    bytes: whole(Buffer.from(`\ufeff${HEADER}\na,A,S-1,1.00\n`, 'utf16le').subarray(0, -1)),
    end: 'source_incomplete',
  },
  { what: 'a table in UTF-32', bytes: whole(utf32(`${HEADER}\na,A,S-1,1.00\n`)), end: { variants: 1 } },
  {
    what: 'a table that changes its letters half way',
    bytes: whole(
      Buffer.concat([
        Buffer.from(`${HEADER}\na,Grün,S-1,1.00\n`),
        Buffer.from('b,Gr\xfcn,S-2,1.00\n', 'latin1'),
      ]),
    ),
    end: 'source_encoding_mixed',
  },
  {
    what: 'JSON nested a hundred thousand deep',
    bytes: repeated('', '[', 100_000),
    mapping: 'generic',
    end: 'source_too_deep',
  },
  {
    what: 'JSON whose one item is nested ten thousand deep',
    bytes: whole(`[{"sku":"S-1","title":"A","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}]`),
    mapping: 'generic',
    end: 'source_too_deep',
  },
  {
    what: 'JSON with a member called __proto__',
    bytes: whole(
      '[{"sku":"S-1","title":"A","price":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]',
    ),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'JSON with a number beyond all numbers',
    bytes: whole('[{"sku":"S-1","title":"A","price":1e999999}]'),
    mapping: 'generic',
    end: { variants: 1, complaints: 1 },
  },
  {
    what: 'JSON with a number of a megabyte',
    bytes: whole(`[{"sku":"S-1","title":"A","price":${'9'.repeat(1024 ** 2)}}]`),
    mapping: 'generic',
    end: { variants: 1, complaints: 1 },
  },
  {
    what: 'JSON with a text of many megabytes',
    bytes: repeated('[{"sku":"S-1","title":"', 'x'.repeat(1_000), 8_000 * SCALE, '"}]'),
    mapping: 'generic',
    end: 'source_record_too_large',
  },
  {
    what: 'JSON with one member twice',
    bytes: whole('[{"sku":"S-1","sku":"S-2","title":"A","price":"1"}]'),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'JSON that is cut',
    bytes: whole(`[${JSON_ITEM},{"sku":"S-2","tit`),
    mapping: 'generic',
    end: 'source_incomplete',
  },
  {
    what: 'JSON with words that are no values',
    bytes: whole('[{"sku":"S-1","title":NaN}]'),
    mapping: 'generic',
    end: 'source_not_well_formed',
  },
  {
    what: 'JSON with halves of letters',
    bytes: whole('[{"sku":"S-1","title":"\\ud83d","price":"1"}]'),
    mapping: 'generic',
    end: { variants: 1 },
  },
  {
    what: 'JSON that is a single number',
    bytes: whole('42'),
    mapping: 'generic',
    end: 'source_header_only',
  },
  {
    what: 'JSON with a hundred thousand empty items',
    bytes: repeated('[{}', ',{}', 100_000 * SCALE, ']'),
    mapping: 'generic',
    end: { variants: 0, complaints: 1 },
  },
  {
    what: 'JSON lines with a line of many megabytes',
    bytes: repeated(`${JSON_ITEM}\n{"sku":"S-2","title":"`, 'x'.repeat(1_000), 8_000 * SCALE, '"}\n'),
    mapping: 'generic',
    end: 'source_record_too_large',
  },
  {
    what: 'a picture',
    bytes: whole(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])),
    end: 'source_binary',
  },
  {
    what: 'random bytes',
    bytes: whole(Buffer.concat([Buffer.from([0xfe, 0x00]), randomBytes(4_096)])),
    end: 'source_binary',
  },
  {
    what: 'a PDF',
    bytes: whole(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n`),
    end: 'source_format_unknown',
  },
  {
    what: 'a database',
    bytes: whole(Buffer.concat([Buffer.from('SQLite format 3\u0000'), Buffer.alloc(84)])),
    end: 'source_binary',
  },
  {
    what: 'a tape archive',
    bytes: whole(
      Buffer.concat([Buffer.from(`${'catalog.csv'.padEnd(257, '\u0000')}ustar\u000000`), Buffer.alloc(247)]),
    ),
    end: 'source_binary',
  },
];

function utf32(text: string): Buffer {
  const bytes = Buffer.alloc(4 + text.length * 4);
  bytes.writeUInt32LE(0xfeff, 0);
  [...text].forEach((letter, place) => void bytes.writeUInt32LE(letter.codePointAt(0) ?? 0, 4 + place * 4));
  return bytes;
}
