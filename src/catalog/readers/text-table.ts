import { type CsvError, type Options, Parser } from 'csv-parse';
import { OperatorError } from '../../domain/errors.js';
import { Header } from './cells.js';
import type { Intake } from './intake.js';

/** How the cells of a text table are told apart. */
export interface Dialect {
  readonly delimiter: string | readonly string[];
  /** Empty text: cells are never quoted. */
  readonly quote: string;
  /** What makes a quote inside a quoted cell an ordinary letter; the quote itself where it is doubled. */
  readonly escape: string;
  /** Cells are padded with blanks, also after a closing quote. */
  readonly padded: boolean;
  /** Ends of a row; empty: line breaks of any kind. */
  readonly recordEnds?: readonly string[];
  /** Names of the columns of a file without a header line. */
  readonly columns?: readonly string[];
}

/** Takes the rows of one table. `line` is the first line of the row in the file. */
export interface RowSink {
  row(cells: string[], line: number): void;
  /** The file is proven complete: hand over what is still open. */
  end(): void;
}

/**
 * Reads a text table (bytes in UTF-8 without mark) row by row into a sink and yields after each piece, so that the
 * caller empties the intake. Rows that are too long are rejected (their cells may have shifted), short ones are
 * read and reported. Throws `OperatorError`: `source_header_only`, `source_incomplete`, `source_record_too_large`,
 * `source_quotes_broken`.
 */
export async function* readTable(
  bytes: AsyncIterable<Buffer>,
  dialect: Dialect,
  table: { readonly intake: Intake; readonly open: (header: Header) => RowSink },
): AsyncGenerator<void, void, void> {
  const rows = new TableRows(dialect, table.intake, table.open);
  const parser = new RowParser(dialect, table.intake.limits.recordBytes, rows);
  for await (const piece of bytes) {
    table.intake.signal.throwIfAborted();
    await parser.feed(piece);
    yield;
  }
  await parser.finish();
  rows.end(parser.endedWithLineBreak);
  yield;
}

/** Splits rows into header and data and looks after their length. */
class TableRows {
  readonly #dialect: Dialect;
  readonly #intake: Intake;
  readonly #open: (header: Header) => RowSink;
  #sink: RowSink | null = null;
  #names: readonly string[] = [];
  #fewestCells = Number.POSITIVE_INFINITY;
  #fewestBefore = Number.POSITIVE_INFINITY;
  #lastCells = 0;
  #lastLine = 0;

  constructor(dialect: Dialect, intake: Intake, open: (header: Header) => RowSink) {
    this.#dialect = dialect;
    this.#intake = intake;
    this.#open = open;
    if (dialect.columns !== undefined) this.#start(dialect.columns);
  }

  take(cells: string[], line: number): void {
    const sink = this.#sink;
    if (sink === null) {
      this.#start(cells);
      return;
    }
    this.#intake.rows++;
    this.#lastCells = cells.length;
    this.#lastLine = line;
    this.#fewestBefore = this.#fewestCells;
    if (cells.length < this.#fewestCells) this.#fewestCells = cells.length;
    if (cells.length === this.#names.length || this.#fits(cells, line)) sink.row(cells, line);
  }

  /** Throws when the table stops in the middle of a row or has no rows. */
  end(endedWithLineBreak: boolean): void {
    const usual = Math.min(this.#fewestBefore, this.#names.length);
    if (!endedWithLineBreak && this.#intake.rows > 0 && this.#lastCells < usual) {
      throw incomplete(`the last row (line ${this.#lastLine}) stops after ${this.#lastCells} cells`);
    }
    if (this.#sink === null || this.#intake.rows === 0) {
      throw new OperatorError(
        'source_header_only',
        'The file has a header line but not a single row.',
        'Nothing was changed. Export the products again; if the shop really is empty, remove the source instead.',
      );
    }
    this.#sink.end();
  }

  #start(names: readonly string[]): void {
    const header = new Header(names, this.#intake.report);
    this.#names = header.names;
    this.#sink = this.#open(header);
  }

  /** Reports a row of another length than the header; false when it must not be read. */
  #fits(cells: readonly string[], line: number): boolean {
    const width = this.#names.length;
    if (cells.length < width) {
      this.#intake.warn(
        { line, column: this.#names[cells.length] ?? '' },
        'row_short',
        `The row has ${cells.length} cells where the header has ${width}; the missing ones are taken as empty.`,
      );
      return true;
    }
    const extra = cells.findIndex((text, place) => place >= width && text.trim() !== '');
    if (extra < 0) return true;
    this.#intake.reject(
      { line },
      'row_long',
      `The row has ${cells.length} cells where ${this.#dialect.columns === undefined ? 'the header has' : 'the mapping names'} ${width}, so its cells may have shifted. Look for a delimiter or a quote inside a cell.`,
    );
    return false;
  }
}

/**
 * csv-parse with its records taken straight from the parser: going through the readable side of the stream costs
 * more than the parsing. Lines are counted here, because csv-parse counts CR LF inside quotes twice.
 */
class RowParser extends Parser {
  endedWithLineBreak = false;
  readonly #rows: TableRows;
  readonly #recordBytes: number;
  readonly #lines = new LineCounter();
  #failure: unknown = null;
  #nextLine = 1;

  constructor(dialect: Dialect, recordBytes: number, rows: TableRows) {
    super(csvOptions(dialect, recordBytes));
    this.#rows = rows;
    this.#recordBytes = recordBytes;
    // Failures reach us through the callbacks of write and end; without a listener they would end the process.
    this.on('error', () => undefined);
    this.resume();
  }

  override push(record: unknown): boolean {
    if (!Array.isArray(record)) return super.push(record);
    const line = this.#nextLine;
    this.#nextLine = this.#lines.lineAt(this.info.bytes);
    if (this.#failure === null) {
      try {
        this.#rows.take(record, line);
      } catch (failure) {
        this.#failure = failure;
      }
    }
    return true;
  }

  /** Parses a piece; its rows have reached the sink when this resolves. */
  async feed(piece: Buffer): Promise<void> {
    if (piece.length === 0) return;
    this.endedWithLineBreak = piece[piece.length - 1] === 10 || piece[piece.length - 1] === 13;
    this.#lines.piece(piece);
    await this.#settled((done) => this.write(piece, done));
  }

  async finish(): Promise<void> {
    await this.#settled((done) => this.end(done));
  }

  async #settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      start((error) => (error ? reject(this.#explained(error)) : resolve()));
    });
    if (this.#failure !== null) throw this.#failure;
  }

  #explained(error: Error): unknown {
    const code = (error as CsvError).code as string | undefined;
    const line = this.#nextLine;
    if (code === 'CSV_QUOTE_NOT_CLOSED') {
      return incomplete(`the row that starts at line ${line} has a quote that is never closed`, error);
    }
    if (code === 'CSV_MAX_RECORD_SIZE') {
      return new OperatorError(
        'source_record_too_large',
        `The row that starts at line ${line} is larger than ${this.#recordBytes} bytes.`,
        'Look for a quote that is opened and not closed in that row, or for a file that is not a product table. Nothing was changed.',
        error,
      );
    }
    if (code === undefined) return error;
    return new OperatorError(
      'source_quotes_broken',
      `The quotes of the row that starts at line ${line} cannot be read: ${error.message}.`,
      'Correct the row, or set the quote and delimiter of the source. Nothing was changed.',
      error,
    );
  }
}

/** Line numbers of byte offsets that only grow. */
class LineCounter {
  #piece: Buffer = Buffer.alloc(0);
  #start = 0;
  #next = 0;
  #line = 1;

  piece(piece: Buffer): void {
    this.lineAt(this.#start + this.#piece.length);
    this.#start += this.#piece.length;
    this.#piece = piece;
    this.#next = 0;
  }

  /** Line on which the byte at this offset stands. */
  lineAt(offset: number): number {
    const until = offset - this.#start;
    for (;;) {
      const found = this.#piece.indexOf(10, this.#next);
      if (found < 0 || found >= until) return this.#line;
      this.#line++;
      this.#next = found + 1;
    }
  }
}

function csvOptions(dialect: Dialect, recordBytes: number): Options {
  return {
    delimiter: [...(typeof dialect.delimiter === 'string' ? [dialect.delimiter] : dialect.delimiter)],
    quote: dialect.quote === '' ? null : dialect.quote,
    escape: dialect.quote === '' ? null : dialect.escape,
    record_delimiter: [...(dialect.recordEnds ?? ['\n', '\r\n', '\r'])],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: dialect.padded,
    max_record_size: recordBytes,
  };
}

function incomplete(what: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'source_incomplete',
    `The file is not complete: ${what}.`,
    'Nothing was changed. Download or export the file again.',
    cause,
  );
}
