import { crc32, deflateRawSync } from 'node:zlib';

/** A cell of a test workbook: text goes to the shared strings, `{ date }` is a serial day with a date style. */
export type TestCell = string | number | boolean | null | { readonly date: number };

/** An .xlsx file with one sheet, made by hand so that tests need no writer of workbooks. */
export function workbookOf(rows: readonly (readonly TestCell[])[]): Buffer {
  const strings: string[] = [];
  const sheet = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((one, column) => cellXml(one, { row, column }, strings)).join('')}</row>`,
  );
  return zipOf({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="Products" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet.join('')}</sheetData></worksheet>`,
  });
}

function cellXml(
  cell: TestCell,
  at: { readonly row: number; readonly column: number },
  strings: string[],
): string {
  const reference = `${String.fromCharCode(65 + at.column)}${at.row + 1}`;
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object') return `<c r="${reference}" s="1"><v>${cell.date}</v></c>`;
  strings.push(cell);
  return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A zip archive of the given parts. */
export function zipOf(parts: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const data = deflateRawSync(Buffer.from(text));
    const head = header(name, { sum: crc32(text), packed: data.length, size: Buffer.byteLength(text) });
    const entry = Buffer.concat([
      Buffer.from([0x50, 0x4b, 1, 2, 20, 0]),
      head.subarray(4, 30),
      Buffer.alloc(14),
      head.subarray(30),
    ]);
    entry.writeUInt16LE(0, 30);
    entry.writeUInt32LE(offset, 42);
    bodies.push(head, data);
    directory.push(entry);
    offset += head.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

function header(
  name: string,
  of: { readonly sum: number; readonly packed: number; readonly size: number },
): Buffer {
  const head = Buffer.alloc(30 + name.length);
  head.write('PK\u0003\u0004', 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(of.sum, 14);
  head.writeUInt32LE(of.packed, 18);
  head.writeUInt32LE(of.size, 22);
  head.writeUInt16LE(name.length, 26);
  head.write(name, 30, 'latin1');
  return head;
}
