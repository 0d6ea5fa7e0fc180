import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { instantOf } from '../domain/instant.js';
import { MOST_COUNTS, type StatedCount } from './record-counts.js';

const LARGEST_FILE = 32 * 1024 * 1024;

/** Names of columns, as warehouses write them; compared without case, blanks and underscores. */
const COLUMNS: Readonly<Record<'sku' | 'location' | 'units', readonly string[]>> = {
  sku: ['sku', 'item', 'articlenumber', 'variantsku'],
  location: ['location', 'warehouse', 'store', 'place'],
  units: ['onhand', 'quantity', 'qty', 'stock', 'units', 'available'],
};

/** A stock file that was read to its end. */
export interface StockFile {
  readonly counts: readonly StatedCount[];
  /** When the file was last written: its counts are not newer. */
  readonly countedAt: Instant;
}

/**
 * Reads a stock file: CSV with a header line; comma, semicolon or tab; columns for SKU, units and, if there are several, the location. Units that are
 * no whole number come back as NaN, so that each row gets its answer. Throws OperatorError for a file that cannot be read to its end: then nothing counts.
 */
export async function readStockFile(file: string, location: string): Promise<StockFile> {
  const { text, countedAt } = await contentOf(file);
  return { counts: stockCountsIn(text, file, location), countedAt };
}

/** The counts in the text of a stock file; `file` names it in what is wrong. Throws OperatorError `stock_file_unusable`. Pure. */
export function stockCountsIn(text: string, file: string, location: string): readonly StatedCount[] {
  const [header, ...rows] = recordsOf(file, text);
  if (header === undefined) throw unusable(file, 'is empty');
  const at = columnsOf(file, header);
  if (rows.length > MOST_COUNTS) throw unusable(file, `has more than ${MOST_COUNTS} rows`);
  return rows.map((row): StatedCount => {
    const named = at.location === null ? '' : (row[at.location] ?? '').trim();
    return {
      sku: (row[at.sku] ?? '').trim(),
      location: named === '' ? location : named,
      onHand: unitsOf(row[at.units] ?? ''),
    };
  });
}

async function contentOf(file: string): Promise<{ readonly text: string; readonly countedAt: Instant }> {
  try {
    const { size, mtimeMs } = await stat(file);
    if (size > LARGEST_FILE) throw unusable(file, 'is larger than 32 MiB');
    return { text: await readFile(file, 'utf8'), countedAt: instantOf(Math.floor(mtimeMs)) };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw unusable(file, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
  }
}

function recordsOf(file: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: [',', ';', '\t'], skip_empty_lines: true });
  } catch (error) {
    throw unusable(
      file,
      `is no proper CSV: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

function columnsOf(
  file: string,
  header: readonly string[],
): { readonly sku: number; readonly location: number | null; readonly units: number } {
  const names = header.map((name) => name.toLowerCase().replace(/[\s_-]/g, ''));
  const find = (names_: readonly string[]): number => names.findIndex((name) => names_.includes(name));
  const [sku, location, units] = [find(COLUMNS.sku), find(COLUMNS.location), find(COLUMNS.units)];
  if (sku < 0 || units < 0)
    throw unusable(
      file,
      `has no column for ${sku < 0 ? 'the SKU' : 'the units'} (found: ${header.join(', ')})`,
    );
  return { sku, location: location < 0 ? null : location, units };
}

/** Spreadsheets write whole numbers as `5.0`; nothing else is guessed. */
function unitsOf(cell: string): number {
  const match = /^([+-]?\d{1,10})(?:[.,]0+)?$/.exec(cell.trim());
  return match ? Number(match[1]) : Number.NaN;
}

function unusable(file: string, what: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'stock_file_unusable',
    `The stock file ${file} ${what}`,
    'Nothing was changed. Write a CSV with a header line such as `sku,location,on hand`.',
    cause,
  );
}
