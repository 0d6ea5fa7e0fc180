import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive, honest unless told to lie. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer | string;
  /** Unpacked size the archive claims; absent: the true one. */
  readonly claims?: number;
  /** Bits of the entry's flags: 1 is "encrypted". */
  readonly flags?: number;
  /** External attributes, as Unix mode in the upper half: 0o120777 is a symbolic link. */
  readonly mode?: number;
  /** Points at the local entry with this index instead of its own. */
  readonly at?: number;
}

/** An archive as bytes, made by hand so that it may lie. Source: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const packed = entries.map((entry) => {
    const data = Buffer.from(entry.data);
    const body = deflateRawSync(data);
    const facts = { sum: crc32(data), packed: body.length, size: entry.claims ?? data.length };
    offsets.push(length);
    if (entry.at === undefined) {
      const local = localHeader(entry, facts);
      bodies.push(local, body);
      length += local.length + body.length;
    }
    return facts;
  });
  const directory = entries.map((entry, index) =>
    centralHeader(entry, packed[index]!, offsets[entry.at ?? index]!),
  );
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(length, 16);
  return Buffer.concat([...bodies, central, end]);
}

interface Facts {
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
}

function localHeader({ name, flags = 0 }: ZipEntry, facts: Facts): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(facts.sum, 14);
  head.writeUInt32LE(facts.packed, 18);
  head.writeUInt32LE(facts.size, 22);
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([head, Buffer.from(name)]);
}

function centralHeader({ name, flags = 0, mode = 0 }: ZipEntry, facts: Facts, offset: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(0x0314, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt32LE(facts.sum, 16);
  head.writeUInt32LE(facts.packed, 20);
  head.writeUInt32LE(facts.size, 24);
  head.writeUInt16LE(Buffer.byteLength(name), 28);
  head.writeUInt32LE((mode << 16) >>> 0, 38);
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, Buffer.from(name)]);
}

/** The parts of a workbook with one sheet; `rows` is the inside of its `sheetData`. */
export function workbookEntries(rows: string, sharedStrings = '<sst/>'): ZipEntry[] {
  return [
    {
      name: 'xl/workbook.xml',
      data: '<workbook xmlns:r="r"><sheets><sheet name="Products" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    { name: 'xl/styles.xml', data: '<styleSheet><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>' },
    { name: 'xl/sharedStrings.xml', data: sharedStrings },
    { name: 'xl/worksheets/sheet1.xml', data: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
  ];
}

/** A row of a sheet whose cells stand in it as they are. */
export function inlineRow(row: number, cells: readonly string[]): string {
  const told = cells.map(
    (text, column) =>
      `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}">${told.join('')}</row>`;
}
