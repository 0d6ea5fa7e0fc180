import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { OmnifeedError, OperatorError } from '../../domain/errors.js';
import { Header } from './cells.js';
import type { Intake } from './intake.js';
import type { RowSink } from './text-table.js';
import { XlsxParts } from './xlsx-parts.js';
import { columnNumber, excelDate, plainNumber } from './xlsx-values.js';
import { readSharedStrings, readWorkbook } from './xlsx-workbook.js';

/** What to read of a workbook. */
export interface Sheet {
  /** Name of the sheet; absent: the first. */
  readonly name: string | undefined;
  /** Names of the columns of a sheet without a header row. */
  readonly columns: readonly string[] | undefined;
}

/**
 * Reads one sheet of an XLSX file row by row into a sink. Formulas are not worked out: the value that was saved counts.
 * Dates become ISO text. Throws `OperatorError` `source_incomplete`, `source_sheet_missing`, `source_header_only`.
 */
export async function* readXlsx(
  path: string,
  sheet: Sheet,
  table: { readonly intake: Intake; readonly open: (header: Header) => RowSink },
): AsyncGenerator<void, void, void> {
  const { intake } = table;
  const parts = await XlsxParts.open(path, intake.limits);
  try {
    const book = await readWorkbook(parts, sheet.name);
    const strings = await readSharedStrings(parts, intake.limits);
    const rows = new SheetRows(
      sheet,
      { strings, dateStyles: book.dateStyles, epoch1904: book.epoch1904 },
      table,
    );
    const decoder = new TextDecoder('utf-8');
    for await (const piece of parts.read(book.sheetPart)) {
      intake.signal.throwIfAborted();
      rows.write(decoder.decode(piece, { stream: true }));
      yield;
    }
    rows.finish();
    yield;
  } catch (cause) {
    throw cause instanceof OmnifeedError || intake.signal.aborted ? cause : damagedSheet(cause);
  } finally {
    parts.close();
  }
}

interface BookFacts {
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly epoch1904: boolean;
}

class SheetRows {
  readonly #parser = new SaxesParser({ xmlns: false });
  readonly #book: BookFacts;
  readonly #intake: Intake;
  readonly #open: (header: Header) => RowSink;
  #sink: RowSink | null = null;
  #width = 0;
  #cells: string[] = [];
  #rowNumber = 0;
  #column = 0;
  #type = '';
  #style = -1;
  #text = '';
  #collecting = false;
  /** Letters since the parser last said something: one endless text brings no event. */
  #quietLetters = 0;

  constructor(
    sheet: Sheet,
    book: BookFacts,
    table: { readonly intake: Intake; readonly open: (header: Header) => RowSink },
  ) {
    this.#book = book;
    this.#intake = table.intake;
    this.#open = table.open;
    if (sheet.columns !== undefined) this.#start(sheet.columns);
    this.#parser.on('error', (error) => {
      throw error;
    });
    this.#parser.on('doctype', () => {
      throw new OperatorError(
        'source_doctype',
        'The workbook has a document type declaration.',
        'Save it again as .xlsx.',
      );
    });
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('closetag', (tag) => this.#closed(tag.name));
    this.#parser.on('text', (text) => {
      if (this.#collecting && this.#text.length < this.#intake.limits.recordBytes) this.#text += text;
    });
  }

  write(text: string): void {
    this.#quietLetters += text.length;
    this.#parser.write(text);
    if (this.#quietLetters <= this.#intake.limits.recordBytes + text.length) return;
    throw new OperatorError(
      'source_record_too_large',
      `A cell near row ${this.#rowNumber} is larger than ${this.#intake.limits.recordBytes} letters.`,
      'Look for a cell that carries a whole file. Nothing was changed.',
    );
  }

  finish(): void {
    this.#parser.close();
    if (this.#sink === null || this.#intake.rows === 0) {
      throw new OperatorError(
        'source_header_only',
        'The sheet has no rows below its header.',
        'Nothing was changed. Check that the products stand on the first sheet, or name the sheet in the source mapping.',
      );
    }
    this.#sink.end();
  }

  #opened(tag: SaxesTagPlain): void {
    this.#quietLetters = 0;
    const name = localName(tag.name);
    if (name === 'row') {
      this.#cells = [];
      this.#rowNumber = Number(tag.attributes.r ?? this.#rowNumber + 1);
      this.#column = -1;
    } else if (name === 'c') {
      const reference = tag.attributes.r;
      this.#column = reference === undefined ? this.#column + 1 : columnNumber(reference);
      this.#type = tag.attributes.t ?? '';
      this.#style = Number(tag.attributes.s ?? -1);
      this.#text = '';
    } else if (name === 'v' || name === 't') this.#collecting = true;
  }

  #closed(tag: string): void {
    this.#quietLetters = 0;
    const name = localName(tag);
    if (name === 'v' || name === 't') this.#collecting = false;
    else if (name === 'c') this.#cell();
    else if (name === 'row') this.#row();
  }

  #cell(): void {
    if (this.#text === '' || this.#column < 0 || this.#column > 16_383) return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = this.#value();
  }

  #value(): string {
    if (this.#type === 's') return this.#book.strings[Number(this.#text)] ?? '';
    if (this.#type === 'b') return this.#text === '1' ? 'true' : 'false';
    if (this.#type === 'e') {
      this.#intake.warn(
        { line: this.#rowNumber },
        'cell_error',
        `The cell shows the error ${this.#text}; it is taken as empty.`,
      );
      return '';
    }
    if (this.#type !== '' && this.#type !== 'n') return this.#text;
    return this.#book.dateStyles.has(this.#style)
      ? excelDate(this.#text, this.#book.epoch1904)
      : plainNumber(this.#text);
  }

  #row(): void {
    if (this.#cells.every((text) => text.trim() === '')) return;
    if (this.#sink === null) {
      this.#start(this.#cells);
      return;
    }
    this.#intake.rows++;
    while (this.#cells.length < this.#width) this.#cells.push('');
    this.#sink.row(this.#cells, this.#rowNumber);
  }

  #start(names: readonly string[]): void {
    this.#width = names.length;
    this.#sink = this.#open(new Header(names, this.#intake.report));
  }
}

function damagedSheet(cause: unknown): OperatorError {
  return new OperatorError(
    'source_incomplete',
    'The workbook is not complete or damaged: the sheet cannot be read to its end.',
    'Nothing was changed. Save the workbook again as .xlsx and upload the new file.',
    cause,
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
