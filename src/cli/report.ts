import { writeFile } from 'node:fs/promises';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { cellText, reportColumns } from '../reports/report-columns.js';
import { reportCsv, reportParquet } from '../reports/report-files.js';
import { REPORT_KEYS, reportKeys, salesReport } from '../reports/sales-report.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';
import { withApp } from './with-app.js';

interface Options {
  readonly by?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format?: string;
  readonly output?: string;
}

const FORMATS = ['table', 'csv', 'parquet'] as const;

/** `omnifeed report`: what was sold, given back and earned. The views `sale_line` and `sale_day` hold the same for other tools. */
export const addReport: AddCommand = (command, on) => {
  command
    .option('--by <keys>', `add up by one or more of ${REPORT_KEYS.join(', ')} (default: channel,month)`)
    .option('--from <day>', 'first day, such as 2026-11-01 (UTC)')
    .option('--to <day>', 'last day, included')
    .option('--format <format>', `${FORMATS.join(', ')} (default: table)`)
    .option('--output <file>', 'write there; needed for parquet')
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel] = args;
          if (channel !== undefined) app.channel(channel);
          const by = reportKeys(options.by ?? 'channel,month');
          const format = formatOf(options);
          const columns = reportColumns(by);
          const rows = await salesReport(app.database, {
            by,
            channel: channel ?? null,
            from: dayOf(options.from, '--from'),
            to: dayOf(options.to, '--to'),
          });
          const file =
            format === 'parquet'
              ? reportParquet(columns, rows)
              : format === 'csv'
                ? reportCsv(columns, rows)
                : tableText(columns, rows);
          const { output } = options;
          if (output !== undefined) await writeFile(output, file);
          const told =
            output === undefined ? String(file).trimEnd() : `${rows.length} rows written to ${output}`;
          stage.show(rows as unknown as JsonValue, () => told);
          return 0;
        }),
      ),
    );
};

function tableText(columns: ReturnType<typeof reportColumns>, rows: Parameters<typeof reportCsv>[1]): string {
  if (rows.length === 0) return 'no sales';
  return table(
    columns.map(({ name }) => name.replaceAll('_', ' ')),
    rows.map((row) => columns.map((column) => cellText(column, row))),
  );
}

function formatOf({ format = 'table', output }: Options): (typeof FORMATS)[number] {
  const known = FORMATS.find((name) => name === format);
  if (known === undefined)
    throw new OperatorError(
      'unknown_format',
      `There is no format "${format}"`,
      `Formats: ${FORMATS.join(', ')}.`,
    );
  if (known === 'parquet' && output === undefined)
    throw new OperatorError(
      'no_output',
      'Parquet is not for a terminal',
      'Name a file with --output sales.parquet.',
    );
  return known;
}

function dayOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new OperatorError('bad_day', `${option} "${text}" is not a day`, 'Write it as 2026-11-01.');
}
