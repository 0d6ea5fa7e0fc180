import { stringify } from 'csv-stringify/sync';
import { safeCell } from './safe-csv.js';

/** Rows of text as CSV, piece by piece as they come; every cell is made safe for spreadsheets, headings too. */
export async function* csvLines(
  pieces: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<string> {
  for await (const rows of pieces) yield stringify(rows.map((row) => row.map(safeCell)));
}
