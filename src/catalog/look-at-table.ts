import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PlacedSource } from './read-source.js';
import type { Header } from './readers/cells.js';
import { fetchSource } from './readers/fetch-source.js';
import { Intake } from './readers/intake.js';
import { decompressed, dialectOf, HEAD_BYTES, looksZipped } from './readers/open-source.js';
import type { ReaderContext, SourceSettings } from './readers/reader.js';
import { recognisedMapping } from './readers/shipped-mappings.js';
import { formatByColumns, headerNames, sniffKind } from './readers/sniff.js';
import { peek, sourceBytes } from './readers/source-bytes.js';
import { asUtf8, detectEncoding } from './readers/text-encoding.js';
import { type RowSink, readTable } from './readers/text-table.js';
import { readXlsx } from './readers/xlsx-rows.js';

/** A file as it is written, before anybody says what its columns mean. */
export interface TableLook {
  /** Only tables and workbooks have columns. */
  readonly kind: 'table' | 'workbook' | 'xml' | 'json' | 'jsonl';
  readonly encoding: string;
  /** False: it was inferred. */
  readonly encodingCertain: boolean;
  /** The first word that an encoding decides about, and its row: what to look at. Null: there is none in the rows shown. */
  readonly evidence: { readonly text: string; readonly row: number } | null;
  readonly delimiter: string | null;
  /** A format with a reader of its own, or a source mapping that is shipped; null: nobody knows what the columns mean. */
  readonly recognised: string | null;
  readonly columns: readonly string[];
  /** The first rows, cell by cell. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** So many rows are shown. */
const ROWS = 100;
/** Cells are cut: a description of a page is no help here. */
const CELL_LETTERS = 300;

type Context = Pick<ReaderContext, 'signal'>;

/** Reads the start of a file or address. Throws what reading it whole would throw so far (`source_html`, `source_empty`, `source_missing` …). */
export async function lookAtTable(source: PlacedSource, { signal }: Context): Promise<TableLook> {
  const input = source.url === undefined ? source.path : await bodyOf(source.url, signal);
  if (input === undefined) throw new Error('a source to look at has a path or an address');
  const settings = plainSettings(source);
  const intake = new Intake({ source: settings, signal, report: () => undefined });
  const { head, all } = await peek(await decompressed(sourceBytes(input, signal), intake), HEAD_BYTES);
  if (looksZipped(head)) return workbook(all, intake);
  const encoding = detectEncoding(head, settings.encoding);
  const text = await peek(
    asUtf8(all, encoding, () => undefined),
    1,
  );
  const start = text.head.toString('utf8');
  const kind = sniffKind(start);
  const none = { columns: [], rows: [], evidence: null, delimiter: null };
  const dialect = dialectOf(start, null, settings);
  const names = kind === 'table' ? headerNames(start, dialect) : [];
  const recognised =
    formatByColumns(names) ?? recognisedMapping(kind, names, start) ?? (kind === 'xml' ? 'google-xml' : null);
  if (kind !== 'table') {
    await text.all.return(undefined);
    return { kind, encoding: encoding.name, encodingCertain: encoding.certain, recognised, ...none };
  }
  const first = firstRows();
  await until(readTable(text.all, dialect, { intake, open: first.open }), first);
  const { delimiter } = dialect;
  return {
    kind,
    encoding: encoding.name,
    encodingCertain: encoding.certain,
    evidence: evidenceIn(first.rows),
    delimiter: typeof delimiter === 'string' ? delimiter : delimiter.join(''),
    recognised,
    columns: first.columns(),
    rows: first.rows,
  };
}

/** How the bytes become cells; what cells mean is not looked at. */
function plainSettings({ id, encoding, delimiter, quote }: PlacedSource): SourceSettings {
  return {
    id,
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
  };
}

async function bodyOf(url: string, signal: AbortSignal): Promise<Readable> {
  const fetched = await fetchSource(url, { signal });
  if (!fetched.modified) throw new Error('a source nobody knows cannot be unchanged');
  return fetched.body;
}

/** A workbook's directory stands at its end: it goes to a file of its own first. */
async function workbook(bytes: AsyncIterable<Buffer>, intake: Intake): Promise<TableLook> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-look-'));
  try {
    const file = path.join(folder, 'workbook.xlsx');
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }));
    const first = firstRows();
    await until(readXlsx(file, { name: undefined, columns: undefined }, { intake, open: first.open }), first);
    const names = first.columns();
    return {
      kind: 'workbook',
      encoding: 'utf-8',
      encodingCertain: true,
      evidence: null,
      delimiter: null,
      recognised: recognisedMapping('table', names, ''),
      columns: names,
      rows: first.rows,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface FirstRows {
  readonly rows: TableLook['rows'][number][];
  columns(): readonly string[];
  open(header: Header): RowSink;
}

function firstRows(): FirstRows {
  const rows: TableLook['rows'][number][] = [];
  let names: readonly string[] = [];
  return {
    rows,
    columns: () => names,
    open(header) {
      names = header.names;
      return {
        row(cells, line) {
          if (rows.length < ROWS)
            rows.push({ line, cells: cells.map((cell) => cell.slice(0, CELL_LETTERS)) });
        },
        end: () => undefined,
      };
    },
  };
}

/** Reads on until enough rows are there, or the file ends. */
async function until(body: AsyncGenerator<void, void, void>, { rows }: FirstRows): Promise<void> {
  for await (const _ of body) if (rows.length >= ROWS) break;
}

/** ASCII reads the same in every encoding: the first word that does not is what a person can judge by. */
function evidenceIn(rows: TableLook['rows']): TableLook['evidence'] {
  for (const { line, cells } of rows) {
    for (const text of cells) {
      const word = /[^\s,;|"]*[^\p{ASCII}\s][^\s,;|"]*/u.exec(text)?.[0];
      if (word !== undefined) return { text: word.slice(0, 40), row: line };
    }
  }
  return null;
}
