import type { Queries } from '../db/database.js';
import type { ImportRun } from './import-run.js';
import type { RowError } from './readers/reader.js';

/** Writes complaints of an import; `from` is the number of the first of them. */
export async function writeImportErrors(
  tx: Queries,
  run: ImportRun,
  errors: readonly RowError[],
  from: number,
): Promise<void> {
  if (errors.length === 0) return;
  const columns = {
    n: 'integer',
    line: 'integer',
    column_name: 'text',
    row_key: 'text',
    severity: 'text',
    code: 'text',
    reason: 'text',
  } as const;
  const rows = errors.map((error, index) => ({
    n: from + index,
    line: error.line,
    column_name: error.column ?? null,
    row_key: error.key ?? null,
    severity: error.severity,
    code: error.code,
    reason: error.reason,
  }));
  await tx.run(
    `INSERT INTO import_error (import_id, n, line, column_name, row_key, severity, code, reason)
     SELECT CAST(? AS text), r.n, r.line, r.column_name, r.row_key, r.severity, r.code, r.reason
     FROM ${tx.unfold('r', columns)}`,
    [run.id, JSON.stringify(rows)],
  );
}

/** Which complaints of an import are wanted. */
export interface ErrorPage {
  /** Number of the first one. */
  readonly from: number;
  readonly limit: number;
  /** Absent: of both. */
  readonly severity?: RowError['severity'];
  /** Absent: of all codes. */
  readonly code?: string;
}

/** Complaints of an import in the order of the file, from the one numbered `from`. */
export async function importErrors(
  queries: Queries,
  importId: string,
  page: ErrorPage,
): Promise<(RowError & { readonly n: number })[]> {
  const rows = await queries.all<{
    n: number;
    line: number;
    column_name: string | null;
    row_key: string | null;
    severity: RowError['severity'];
    code: string;
    reason: string;
  }>(
    `SELECT * FROM import_error WHERE import_id = ? AND n >= ? AND severity = COALESCE(CAST(? AS text), severity)
     AND code = COALESCE(CAST(? AS text), code) ORDER BY n LIMIT ?`,
    [importId, page.from, page.severity ?? null, page.code ?? null, page.limit],
  );
  return rows.map((row) => ({
    n: row.n,
    line: row.line,
    ...(row.column_name === null ? {} : { column: row.column_name }),
    ...(row.row_key === null ? {} : { key: row.row_key }),
    severity: row.severity,
    code: row.code,
    reason: row.reason,
  }));
}
