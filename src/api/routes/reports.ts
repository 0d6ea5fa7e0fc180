import { verifyAudit } from '../../access/audit-log.js';
import { channelProfits, profitTerms } from '../../profit/channel-profits.js';
import { profitReport } from '../../profit/profit-report.js';
import { reportColumns } from '../../reports/report-columns.js';
import { reportCsv, reportParquet } from '../../reports/report-files.js';
import { reportKeys, salesReport as salesOf } from '../../reports/sales-report.js';
import { listAudit } from '../../views/audit-list.js';
import { pageOf, paging } from '../paging.js';
import { file, route } from '../route.js';
import { instant, object, oneOf, optional, text } from '../shape.js';
import { auditCheck, auditLine, profitPreview, salesReport } from '../shapes/reports.js';

/** Rows of one answer; what is beyond is counted, and downloaded with `omnifeed report`. */
const MOST_ROWS = 2_000;

/** Listings of one profit preview, worst first; the totals are over all. */
const MOST_PROFITS = 200;

/** Margins in percent that listings are counted by: at least `from`, under `below`; null: no bound. */
const MARGINS = [
  { from: null, below: 0 },
  { from: 0, below: 10 },
  { from: 10, below: 20 },
  { from: 20, below: 30 },
  { from: 30, below: 40 },
  { from: 40, below: 50 },
  { from: 50, below: null },
] as const;

function within(margin: number | null, from: number | null, below: number | null): boolean {
  return margin !== null && (from === null || margin >= from) && (below === null || margin < below);
}

const day = optional(text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }));

/** Sales added up, and what people did. */
export const reportRoutes = [
  route({
    method: 'GET',
    path: '/reports/sales',
    permission: 'reports:read',
    summary: 'Adds sales up by channel, day, month, product or SKU; several keys with commas.',
    query: object({ by: optional(text(50)), channel: optional(text(200)), from: day, to: day }),
    answer: salesReport,
    async handle({ app, query }) {
      const { by = 'day', channel = null, from = null, to = null } = query;
      const rows = await salesOf(app.database, { by: reportKeys(by), channel, from, to });
      return { rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
    },
  }),
  route({
    method: 'GET',
    path: '/reports/sales/file',
    permission: 'reports:read',
    summary:
      'The same as CSV, where text that a spreadsheet would run as a formula is made harmless, or Parquet.',
    query: object({
      by: optional(text(50)),
      channel: optional(text(200)),
      from: day,
      to: day,
      format: optional(oneOf('csv', 'parquet')),
    }),
    answer: file('text/csv', 'application/vnd.apache.parquet'),
    async handle({ app, query }) {
      const { by = 'day', channel = null, from = null, to = null, format = 'csv' } = query;
      const keys = reportKeys(by);
      const rows = await salesOf(app.database, { by: keys, channel, from, to });
      const columns = reportColumns(keys);
      const saveAs = `sales-by-${keys.join('-')}.${format}`;
      return format === 'csv'
        ? { type: 'text/csv', body: Buffer.from(reportCsv(columns, rows), 'utf8'), saveAs, cache: null }
        : { type: 'application/vnd.apache.parquet', body: reportParquet(columns, rows), saveAs, cache: null };
    },
  }),
  route({
    method: 'GET',
    path: '/reports/profit/:channel',
    permission: 'reports:read',
    summary: 'What a unit of each listing would leave: price − tax − fees − shipping − cost, worst first.',
    params: object({ channel: text(200) }),
    answer: profitPreview,
    limits: { perMinute: 30 },
    async handle({ app, params, signal }) {
      const { id, profit, currency } = app.channel(params.channel);
      const desk = await app.desk(id);
      const terms = await profitTerms(desk, profit);
      const { rows, totals } = profitReport(await channelProfits(desk, terms, { skus: null, signal }), null);
      const margins = MARGINS.map(({ from, below }) => ({
        from,
        below,
        listings: rows.filter(({ marginPercent }) => within(marginPercent, from, below)).length,
      }));
      const shown = rows.slice(0, MOST_PROFITS).map(({ fees, ...row }) => ({
        ...row,
        fees: fees?.total ?? null,
        feesFrom: fees?.source ?? null,
      }));
      return { channel: id, currency, totals, margins, rows: shown, more: rows.length - shown.length };
    },
  }),
  route({
    method: 'GET',
    path: '/audit/check',
    permission: 'audit:read',
    summary: 'Checks every entry of the audit log: whether one was changed or taken out.',
    answer: auditCheck,
    limits: { perMinute: 10 },
    handle: ({ app }) => verifyAudit(app.database),
  }),
  route({
    method: 'GET',
    path: '/audit',
    permission: 'audit:read',
    summary: 'Lists who did what, the newest first.',
    query: object({
      ...paging,
      actor: optional(text(200)),
      object: optional(text(300)),
      since: optional(instant()),
    }),
    answer: pageOf(auditLine),
    async handle({ app, query }) {
      const { cursor = null, limit = 50, actor = null, object: about = null, since = null } = query;
      const page = await listAudit(app.database, { actor, object: about, since }, { cursor, limit });
      return { ...page, previous: null, total: null };
    },
  }),
];
