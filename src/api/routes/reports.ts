import { verifyAudit } from '../../access/audit-log.js';
import { reportKeys, salesReport as salesOf } from '../../reports/sales-report.js';
import { listAudit } from '../../views/audit-list.js';
import { pageOf, paging } from '../paging.js';
import { route } from '../route.js';
import { instant, object, optional, text } from '../shape.js';
import { auditCheck, auditLine, salesReport } from '../shapes/reports.js';

/** Rows of one answer; what is beyond is counted, and downloaded with `omnifeed report`. */
const MOST_ROWS = 2_000;

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
