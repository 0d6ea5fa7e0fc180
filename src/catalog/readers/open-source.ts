import type { Readable } from 'node:stream';
import { OperatorError } from '../../domain/errors.js';
import type { Header } from './cells.js';
import { googleTable, readGoogleXml } from './google-feed.js';
import { Intake } from './intake.js';
import { magentoCsv } from './magento-csv.js';
import type { ProductStream, ReaderContext, ReadResult, SourceFormat, SourceSettings } from './reader.js';
import { shopifyCsv } from './shopify-csv.js';
import { formatByColumns, headerNames, sniffDialect, sniffKind } from './sniff.js';
import { gunzipped, limited, looksGzipped, peek, sourceBytes } from './source-bytes.js';
import { asUtf8, detectEncoding } from './text-encoding.js';
import { type Dialect, type RowSink, readTable } from './text-table.js';
import { woocommerceCsv } from './woocommerce-csv.js';

/** Bytes looked at to recognise what a file is. */
const HEAD_BYTES = 64 * 1024;

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
  const intake = new Intake({ source: settings, ...context });
  const plain = await decompressed(sourceBytes(input, intake.signal), intake);
  const start = await peek(plain, HEAD_BYTES);
  const encoding = detectEncoding(start.head, settings.encoding);
  const text = await peek(asUtf8(start.all, encoding, intake.report), 1);
  const found = recognise(text.head.toString('utf8'), text.all, intake);
  for await (const _ of found.body) {
    const batch = intake.take();
    if (batch.length > 0) yield batch;
  }
  return resultOf(intake, found, encoding);
}

async function decompressed(bytes: AsyncIterable<Buffer>, intake: Intake): Promise<AsyncIterable<Buffer>> {
  const { head, all } = await peek(bytes, 2);
  const plain = looksGzipped(head) ? gunzipped(all, intake.limits) : all;
  return limited(plain, intake.limits.outputBytes);
}

function resultOf(
  intake: Intake,
  found: Recognised,
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
    complete: true,
  };
}

function recognise(head: string, bytes: AsyncIterable<Buffer>, intake: Intake): Recognised {
  const kind = sniffKind(head);
  const told = intake.source.format === 'auto' ? undefined : intake.source.format;
  if (kind === 'xml' && (told === undefined || told === 'google-xml')) {
    needCurrency(intake, true);
    return { format: 'google-xml', body: readGoogleXml(bytes, intake) };
  }
  const dialect = dialectOf(head, intake.source);
  const names = headerNames(head, dialect);
  const format = told ?? formatByColumns(names);
  const open = format === null ? undefined : TABLES[format];
  if (format === null || open === undefined || kind !== 'table') throw unknownFormat(names);
  needCurrency(intake, format === 'google-tsv');
  const body = readTable(bytes, dialect, { intake, open: (header) => open(header, intake) });
  return { format, delimiter: delimiterText(dialect), body };
}

function dialectOf(head: string, settings: SourceSettings): Dialect {
  const found = sniffDialect(head);
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
function needCurrency(intake: Intake, namesCurrency: boolean): void {
  if (namesCurrency || intake.source.currency !== undefined) return;
  throw new OperatorError(
    'source_without_currency',
    'The prices of this file have no currency, and the source has none in its settings.',
    'Set the currency of the source, for example currency: EUR.',
  );
}

function unknownFormat(names: readonly string[]): OperatorError {
  return new OperatorError(
    'source_format_unknown',
    `The file is none of the formats that are recognised. Its first line is: ${names.slice(0, 12).join(' | ').slice(0, 300)}.`,
    'Set the format of the source, or give it a source mapping (mappings/sources/README.md shows how).',
  );
}
