import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { OperatorError } from '../../domain/errors.js';
import type { ReadLimits } from './reader.js';
import type { XlsxParts } from './xlsx-parts.js';
import { isDateFormat } from './xlsx-values.js';

/** What must be known of a workbook before a sheet can be read. */
export interface Workbook {
  readonly sheetPart: string;
  /** Cell styles that show dates. */
  readonly dateStyles: ReadonlySet<number>;
  readonly epoch1904: boolean;
}

/** Letters of all shared texts together; beyond it the workbook is refused. */
const MAX_SHARED_LETTERS = 128 * 1024 ** 2;

/** Finds the sheet and the styles that show dates. Throws `OperatorError` `source_sheet_missing`. */
export async function readWorkbook(parts: XlsxParts, sheetName: string | undefined): Promise<Workbook> {
  const sheets: { readonly name: string; readonly id: string }[] = [];
  let epoch1904 = false;
  await eachElement(parts, 'xl/workbook.xml', (tag) => {
    const name = localName(tag.name);
    if (name === 'sheet') sheets.push({ name: tag.attributes.name ?? '', id: tag.attributes['r:id'] ?? '' });
    if (name === 'workbookPr') epoch1904 = /^(1|true)$/.test(tag.attributes.date1904 ?? '');
  });
  const sheet = sheetName === undefined ? sheets[0] : sheets.find((one) => one.name === sheetName);
  if (sheet === undefined) {
    throw new OperatorError(
      'source_sheet_missing',
      `The workbook has no sheet "${sheetName ?? ''}". Its sheets are: ${sheets.map((one) => one.name).join(', ')}.`,
      'Name one of them in the source mapping (file: sheet).',
    );
  }
  const targets = new Map<string, string>();
  await eachElement(parts, 'xl/_rels/workbook.xml.rels', (tag) => {
    if (localName(tag.name) === 'Relationship')
      targets.set(tag.attributes.Id ?? '', tag.attributes.Target ?? '');
  });
  const target = targets.get(sheet.id) ?? 'worksheets/sheet1.xml';
  return {
    sheetPart: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    dateStyles: await readDateStyles(parts),
    epoch1904,
  };
}

/** Texts that cells refer to by number. */
export async function readSharedStrings(parts: XlsxParts, limits: ReadLimits): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return strings;
  let letters = 0;
  let text = '';
  let phonetic = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    if (name === 'si') text = '';
    if (name === 'rPh') phonetic++;
  });
  parser.on('text', (piece) => {
    if (phonetic > 0 || text.length > limits.recordBytes) return;
    text += piece;
    letters += piece.length;
    if (letters > MAX_SHARED_LETTERS) {
      throw new OperatorError(
        'source_too_large',
        'The workbook has too much text.',
        'Save the sheet as CSV and import that.',
      );
    }
  });
  parser.on('closetag', (tag) => {
    const name = localName(tag.name);
    if (name === 'rPh') phonetic--;
    if (name === 'si') strings.push(text);
  });
  const decoder = new TextDecoder('utf-8');
  for await (const piece of parts.read('xl/sharedStrings.xml'))
    parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
  return strings;
}

async function readDateStyles(parts: XlsxParts): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (!parts.has('xl/styles.xml')) return dates;
  const codes = new Map<number, string>();
  let inCellStyles = false;
  let style = 0;
  await eachElement(parts, 'xl/styles.xml', (tag, closing) => {
    const name = localName(tag.name);
    if (name === 'cellXfs') inCellStyles = !closing;
    if (closing) return;
    if (name === 'numFmt') codes.set(Number(tag.attributes.numFmtId), tag.attributes.formatCode ?? '');
    if (name !== 'xf' || !inCellStyles) return;
    const id = Number(tag.attributes.numFmtId ?? 0);
    if (isDateFormat(id, codes.get(id))) dates.add(style);
    style++;
  });
  return dates;
}

async function eachElement(
  parts: XlsxParts,
  part: string,
  visit: (tag: SaxesTagPlain, closing: boolean) => void,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => visit(tag, false));
  parser.on('closetag', (tag) => visit(tag, true));
  const decoder = new TextDecoder('utf-8');
  for await (const piece of parts.read(part)) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
