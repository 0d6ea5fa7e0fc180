import { parquetWriteBuffer } from 'hyparquet-writer';
import { cellNumber, cellText, type ReportColumn } from './report-columns.js';
import { csvText, safeCell } from './safe-csv.js';
import type { ReportRow } from './sales-report.js';

/** A report as CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
export function reportCsv(columns: readonly ReportColumn[], rows: readonly ReportRow[]): string {
  const cells = rows.map((row) =>
    columns.map((column) => {
      const text = cellText(column, row);
      return column.kind === 'text' ? safeCell(text) : text;
    }),
  );
  return csvText(
    columns.map(({ name }) => name),
    cells,
  );
}

/** A report as a Parquet file, for notebooks and reporting tools: text, 64-bit counts, amounts as doubles in major units. */
export function reportParquet(columns: readonly ReportColumn[], rows: readonly ReportRow[]): Buffer {
  const columnData = columns.map((column) => {
    const values = rows.map((row) => ({ value: column.value(row), currency: row.currency }));
    if (column.kind === 'text')
      return { name: column.name, type: 'STRING' as const, data: values.map(({ value }) => value) };
    if (column.kind === 'count')
      return {
        name: column.name,
        type: 'INT64' as const,
        data: values.map(({ value }) => BigInt(value ?? 0)),
      };
    return {
      name: column.name,
      type: 'DOUBLE' as const,
      data: values.map(({ value, currency }) =>
        typeof value === 'number' ? cellNumber(value, currency) : null,
      ),
    };
  });
  return Buffer.from(parquetWriteBuffer({ columnData }));
}
