import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../../domain/errors.js';
import type { SourceProduct } from '../../domain/product.js';
import { columnMapping } from '../columns.js';
import type { SourceMapping } from '../source-mapping.js';
import type { Header } from './cells.js';
import { googleTable, readGoogleXml } from './google-feed.js';
import { Intake } from './intake.js';
import { magentoCsv } from './magento-csv.js';
import {
  mappedDialect,
  openSourceMapping,
  readMapped,
  readMappedXlsx,
  writtenMapping,
} from './mapped-source.js';
import type { ProductStream, ReaderContext, ReadResult, SourceFormat, SourceSettings } from './reader.js';
import { recognisedMapping } from './shipped-mappings.js';
import { shopifyCsv } from './shopify-csv.js';
import { formatByColumns, headerNames, sniffDialect, sniffKind } from './sniff.js';
import { gunzipped, limited, looksGzipped, peek, sourceBytes } from './source-bytes.js';
import { asUtf8, detectEncoding } from './text-encoding.js';
import { type Dialect, type RowSink, readTable } from './text-table.js';
import { woocommerceCsv } from './woocommerce-csv.js';

/** Bytes looked at to recognise what a file is. */
export const HEAD_BYTES = 64 * 1024;

/** Readers of text tables that need no source mapping. */
const TABLES: Partial<Record<SourceFormat, (header: Header, intake: Intake) => RowSink>> = {
  'shopify-csv': shopifyCsv,
  'woocommerce-csv': woocommerceCsv,
  'magento-csv': magentoCsv,
  'google-tsv': googleTable,
};

/** What was found out about a file, before or while it is read. */
interface Recognised {
  readonly format: SourceFormat;
  readonly delimiter?: string;
  readonly mapping?: string;
  readonly body: AsyncGenerator<void, void, void>;
}

/**
 * Reads the products of a file (path or stream, plain or gzip): recognises encoding and format unless the settings say
 * them, and yields products in batches. The generator's return value is the `ReadResult`; it exists only when the file
 * is proven complete. Throws `OperatorError` otherwise; then nothing that was yielded may be merged.
 */
export async function* openSource(
  input: string | Readable,
  settings: SourceSettings,
  context: Pick<ReaderContext, 'report' | 'signal'>,
): ProductStream {
  const told = await toldMapping(settings);
  const early = intakeOf(settings, told, context);
  const { head, all } = await peek(await decompressed(sourceBytes(input, early.signal), early), HEAD_BYTES);
  if (looksZipped(head)) return yield* workbook(all, told, early);
  const encoding = detectEncoding(head, early.source.encoding);
  const text = await peek(asUtf8(all, encoding, early.report), 1);
  const mapping = told ?? (await shippedMapping(text.head.toString('utf8'), settings));
  const intake = mapping === told ? early : intakeOf(settings, mapping, context);
  const found = recognise(text, mapping, intake);
  yield* batches(found.body, intake);
  return resultOf(intake, found, encoding);
}

/** The mapping the settings ask for; null: none. */
async function toldMapping({ mapping, columns }: SourceSettings): Promise<SourceMapping | null> {
  if (columns !== undefined) return writtenMapping('columns', columnMapping(columns));
  return mapping === undefined ? null : openSourceMapping(mapping);
}

function intakeOf(
  settings: SourceSettings,
  mapping: SourceMapping | null,
  context: Pick<ReaderContext, 'report' | 'signal'>,
): Intake {
  return new Intake({ source: withDefaults(settings, mapping), ...context });
}

/** A shipped mapping that fits a file of no other known format; only when the settings leave the format open. */
async function shippedMapping(head: string, settings: SourceSettings): Promise<SourceMapping | null> {
  if (settings.format !== undefined && settings.format !== 'auto') return null;
  const kind = sniffKind(head);
  const names = headerNames(head, dialectOf(head, null, settings));
  if (kind === 'table' && formatByColumns(names) !== null) return null;
  const name = recognisedMapping(kind, names, head);
  return name === null ? null : await openSourceMapping(name);
}

/** A batch for every piece of the file, also an empty one: whoever reads writes complaints down and lets others have their turn in between. */
async function* batches(
  body: AsyncGenerator<void, void, void>,
  intake: Intake,
): AsyncGenerator<SourceProduct[], void, void> {
  for await (const _ of body) {
    yield intake.take();
  }
}

/** A workbook is read through its directory, which stands at the end: it goes to a file of its own first. */
async function* workbook(
  bytes: AsyncIterable<Buffer>,
  mapping: SourceMapping | null,
  intake: Intake,
): ProductStream {
  if (mapping === null) {
    throw mappingNeeded('The file is an .xlsx workbook (or another zip archive), which is');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-xlsx-'));
  try {
    const file = path.join(folder, 'workbook.xlsx');
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }));
    yield* batches(readMappedXlsx(file, mapping, intake), intake);
    return resultOf(
      intake,
      { format: 'mapped-xlsx', mapping: mapping.name },
      { name: 'utf-8', certain: true },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the mapping says of the file, unless the settings say otherwise. */
function withDefaults(settings: SourceSettings, mapping: SourceMapping | null): SourceSettings {
  if (mapping === null) return settings;
  const { currency, decimalMark, file } = mapping;
  return {
    ...(currency === undefined ? {} : { currency }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
    ...settings,
  };
}

/** Bytes of a file that may be packed with gzip, within its limits. */
export async function decompressed(
  bytes: AsyncIterable<Buffer>,
  intake: Intake,
): Promise<AsyncIterable<Buffer>> {
  const { head, all } = await peek(bytes, 2);
  const plain = looksGzipped(head) ? gunzipped(all, intake.limits) : all;
  return limited(plain, intake.limits.outputBytes);
}

/** Whether bytes start as a zip archive does; a workbook is one. */
export function looksZipped(head: Buffer): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

function resultOf(
  intake: Intake,
  found: Omit<Recognised, 'body'>,
  encoding: { readonly name: string; readonly certain: boolean },
): ReadResult {
  return {
    rows: intake.rows,
    products: intake.products,
    variants: intake.variants,
    rejectedRows: intake.rejectedRows,
    encoding: encoding.name,
    encodingCertain: encoding.certain,
    ...(found.delimiter === undefined ? {} : { delimiter: found.delimiter }),
    format: found.format,
    ...(found.mapping === undefined ? {} : { mapping: found.mapping }),
    complete: true,
  };
}

function recognise(
  text: { readonly head: Buffer; readonly all: AsyncIterable<Buffer> },
  mapping: SourceMapping | null,
  intake: Intake,
): Recognised {
  const head = text.head.toString('utf8');
  const kind = sniffKind(head);
  const dialect = dialectOf(head, mapping, intake.source);
  if (mapping !== null) {
    const mapped = readMapped(text.all, mapping, { kind, dialect, intake });
    const delimiter = mapped.format === 'mapped-csv' ? { delimiter: delimiterText(dialect) } : {};
    return { ...mapped, ...delimiter, mapping: mapping.name };
  }
  const told = intake.source.format === 'auto' ? undefined : intake.source.format;
  if (told?.startsWith('mapped-') === true) throw mappingNeeded(`The format ${told} is`);
  if (kind === 'xml' && (told === undefined || told === 'google-xml')) {
    return { format: 'google-xml', body: readGoogleXml(text.all, intake) };
  }
  const names = headerNames(head, dialect);
  const format = told ?? formatByColumns(names);
  const open = format === null ? undefined : TABLES[format];
  if (format === null || open === undefined || kind !== 'table') throw unknownFormat(names, told);
  if (format !== 'google-tsv') needCurrency(intake);
  const body = readTable(text.all, dialect, { intake, open: (header) => open(header, intake) });
  return { format, delimiter: delimiterText(dialect), body };
}

/** How the cells of a table are told apart: what the settings say, the mapping, else what its first line shows. */
export function dialectOf(head: string, mapping: SourceMapping | null, settings: SourceSettings): Dialect {
  const sniffed = sniffDialect(head);
  const found = mapping === null ? sniffed : mappedDialect(mapping.file, sniffed);
  return {
    ...found,
    delimiter: settings.delimiter ?? found.delimiter,
    quote: settings.quote ?? found.quote,
    escape: settings.quote ?? found.escape,
  };
}

function delimiterText(dialect: Dialect): string {
  return typeof dialect.delimiter === 'string' ? dialect.delimiter : dialect.delimiter.join('');
}

/** Formats that never write a currency need one in the settings. */
function needCurrency(intake: Intake): void {
  if (intake.source.currency !== undefined) return;
  throw new OperatorError(
    'source_without_currency',
    'The prices of this file have no currency, and the source has none in its settings.',
    'Set the currency of the source, for example currency: EUR.',
  );
}

function mappingNeeded(what: string): OperatorError {
  return new OperatorError(
    'source_mapping_needed',
    `${what} read through a source mapping, and the source has none.`,
    'Give the source a mapping (mappings/sources/generic.yaml is a start), or save the sheet as CSV.',
  );
}

function unknownFormat(names: readonly string[], told: SourceFormat | undefined): OperatorError {
  // A cell may hold lines and the commands of a terminal; what is shown is one plain line.
  const start = names
    .slice(0, 12)
    .join(' | ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300);
  return new OperatorError(
    'source_format_unknown',
    told === undefined
      ? `The file is none of the formats that are recognised. It begins with: ${start}.`
      : `The file is not ${told}, as the source's format setting says. It begins with: ${start}.`,
    'Set the right format of the source, or give it a source mapping (mappings/sources/README.md shows how).',
  );
}
