import { parse } from 'csv-parse/sync';
import type { LookupTable } from './functions/definition.js';

/** What is wrong with a lookup file, with the line. */
export interface LookupProblem {
  readonly line: number;
  readonly message: string;
}

/**
 * Reads a lookup table: CSV in UTF-8, the first line names the columns, the first column holds the keys. Capitals and
 * blanks around a key do not matter; the first of two equal keys counts and the second is reported.
 */
export function readLookupTable(
  name: string,
  csv: string,
): { readonly table: LookupTable | null; readonly problems: readonly LookupProblem[] } {
  const problems: LookupProblem[] = [];
  let records: readonly (readonly string[])[];
  try {
    records = parse(csv, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      comment: '#',
      comment_no_infix: true,
    });
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return {
      table: null,
      problems: [{ line, message: error instanceof Error ? error.message : String(error) }],
    };
  }
  const [header, ...lines] = records;
  if (header === undefined || header.length < 2) {
    return {
      table: null,
      problems: [{ line: 1, message: 'a lookup table needs a header line and two columns' }],
    };
  }
  const rows = new Map<string, readonly string[]>();
  lines.forEach((cells, index) => {
    const key = (cells[0] ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
    if (key === '') return;
    if (rows.has(key)) problems.push({ line: index + 2, message: `the key "${cells[0]}" is there twice` });
    else
      rows.set(
        key,
        cells.map((cell) => cell.trim()),
      );
  });
  return { table: { name, columns: header.map((column) => column.trim()), rows }, problems };
}
