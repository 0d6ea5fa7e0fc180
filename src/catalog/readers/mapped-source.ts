import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../../domain/errors.js';
import { diagnosticText } from '../../mapping/diagnostics.js';
import type { SourceFileLayout, SourceMapping } from '../source-mapping.js';
import { loadSourceMapping } from '../source-mapping-load.js';
import { cell, type Header } from './cells.js';
import type { Intake } from './intake.js';
import { readJsonItems, readJsonLines } from './json-items.js';
import { MappedRows } from './mapped-rows.js';
import { RawRowDraft, type RawRowSink } from './raw-row.js';
import type { SourceFormat } from './reader.js';
import type { TextKind } from './sniff.js';
import { type Dialect, type RowSink, readTable } from './text-table.js';
import { readXlsx } from './xlsx-rows.js';
import { readXmlItems } from './xml-items.js';
import { flatXml } from './xml-row.js';

/** Elements that are an item where the mapping does not name one. */
const ITEM_NAMES: ReadonlySet<string> = new Set([
  'item',
  'entry',
  'product',
  'Product',
  'offer',
  'SHOPITEM',
  'article',
]);

/**
 * Loads a source mapping by path, or by the name of one that is shipped (`vendure`). Throws `OperatorError`
 * `source_mapping_missing` or `source_mapping_invalid` with every finding and its place.
 */
export async function openSourceMapping(nameOrPath: string): Promise<SourceMapping> {
  const file = sourceMappingPath(nameOrPath);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OperatorError(
      'source_mapping_missing',
      `There is no source mapping ${nameOrPath}.`,
      'Give the path of a YAML file, or the name of one in mappings/sources.',
      cause,
    );
  });
  return writtenMapping(nameOrPath, text);
}

/** Reads the text of a source mapping. Throws `OperatorError` `source_mapping_invalid` with every finding and its place. */
export function writtenMapping(name: string, text: string): SourceMapping {
  const { mapping, diagnostics } = loadSourceMapping(name, text);
  if (mapping !== null) return mapping;
  const errors = diagnostics.filter((one) => one.severity === 'error').slice(0, 10);
  throw new OperatorError(
    'source_mapping_invalid',
    `The source mapping has mistakes:\n${errors.map((one) => diagnosticText(one, text)).join('\n')}`,
    'Correct the file; mappings/sources/README.md describes it.',
  );
}

/** A name without a path is looked for in the folder of shipped mappings, from here upwards. */
function sourceMappingPath(nameOrPath: string): string {
  if (/\.ya?ml$/.test(nameOrPath) || nameOrPath.includes('/')) return nameOrPath;
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'mappings', 'sources', `${nameOrPath}.yaml`);
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return nameOrPath;
  }
}

/** The dialect a mapping asks for, on top of what was detected. */
export function mappedDialect(layout: SourceFileLayout, found: Dialect): Dialect {
  const quote = layout.quote ?? found.quote;
  return {
    delimiter: layout.delimiter ?? (layout.format === 'tsv' ? '\t' : found.delimiter),
    quote,
    escape: layout.escape ?? (layout.quote === undefined ? found.escape : quote),
    padded: layout.padded ?? found.padded,
    ...(layout.recordEnd === undefined ? {} : { recordEnds: layout.recordEnd }),
    ...(layout.columns === undefined ? {} : { columns: layout.columns }),
  };
}

/** Reads the text of a source through its mapping. */
export function readMapped(
  bytes: AsyncIterable<Buffer>,
  mapping: SourceMapping,
  how: { readonly kind: TextKind; readonly dialect: Dialect; readonly intake: Intake },
): { readonly format: SourceFormat; readonly body: AsyncGenerator<void, void, void> } {
  const { intake, dialect } = how;
  const sink = new MappedRows(mapping, intake);
  const format = mapping.file.format ?? (how.kind === 'table' ? 'csv' : how.kind);
  if (format === 'jsonl') return { format: 'mapped-jsonl', body: readJsonLines(bytes, sink, intake) };
  if (format === 'json') {
    return { format: 'mapped-json', body: readJsonItems(bytes, { path: mapping.file.items, sink, intake }) };
  }
  if (format === 'xml') {
    const { items } = mapping.file;
    const isItem = (name: string) => (items === undefined ? ITEM_NAMES.has(name) : name === items);
    const rows = {
      item: (item: Parameters<typeof flatXml>[0], line: number) => sink.raw(flatXml(item), line),
      end: () => sink.end(),
    };
    return { format: 'mapped-xml', body: readXmlItems(bytes, { isItem, sink: rows, intake }) };
  }
  if (format === 'xlsx') {
    throw new OperatorError(
      'source_not_a_workbook',
      'The source mapping expects an .xlsx workbook, but the file is none.',
      'Check the file, or "format" in the source mapping.',
    );
  }
  return {
    format: 'mapped-csv',
    body: readTable(bytes, dialect, { intake, open: (header) => rawTable(header, mapping.file, sink) }),
  };
}

/** Reads a workbook on disk through its mapping. */
export function readMappedXlsx(
  file: string,
  mapping: SourceMapping,
  intake: Intake,
): AsyncGenerator<void, void, void> {
  const sink = new MappedRows(mapping, intake);
  const sheet = { name: mapping.file.sheet, columns: mapping.file.columns };
  return readXlsx(file, sheet, { intake, open: (header) => rawTable(header, mapping.file, sink) });
}

/** Rows of a table under their column names. */
function rawTable(header: Header, layout: SourceFileLayout, sink: RawRowSink): RowSink {
  const columns = header.entries();
  const nothing = new Set(layout.nothing);
  const { listSeparator } = layout;
  return {
    row(cells, line) {
      const raw = new RawRowDraft();
      for (const [name, place] of columns) {
        const text = cell(cells, place);
        if (text === undefined || nothing.has(text)) continue;
        raw.row[name] = text;
        if (listSeparator !== undefined) raw.lists[name] = listIn(text, listSeparator);
      }
      sink.raw(raw, line);
    },
    end: () => sink.end(),
  };
}

function listIn(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
