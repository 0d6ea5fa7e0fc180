import { sumOfLine } from '../../activity/run-sums.js';
import { lastTick, nextTick } from '../../queue/schedule.js';
import { schedulePauses } from '../../queue/schedule-pauses.js';
import { schedulesOf } from '../../start.js';
import { lastLooks, listRuns, showRun } from '../../views/run-list.js';
import { pageOf, paging } from '../paging.js';
import { noSuch } from '../problem.js';
import { route } from '../route.js';
import { integer, object, oneOf, optional, text } from '../shape.js';
import { run, runRow, schedules } from '../shapes/runs.js';

/** What jobs did and when they do it again. */
export const runRoutes = [
  route({
    method: 'GET',
    path: '/runs',
    permission: 'runs:read',
    summary: 'Lists runs that had something to tell, the newest first.',
    query: object({
      ...paging,
      job: optional(text(100)),
      key: optional(text(200)),
      outcome: optional(oneOf('running', 'done', 'failed')),
    }),
    answer: pageOf(runRow),
    async handle({ app, query }) {
      const { cursor = null, limit = 50, job = null, key = null, outcome = null } = query;
      const page = await listRuns(app.database, { job, key, outcome }, { cursor, limit });
      return { ...page, previous: null, total: null };
    },
  }),
  route({
    method: 'GET',
    path: '/runs/:id',
    permission: 'runs:read',
    summary: 'Shows a run with every line it told.',
    params: object({ id: integer({ min: 1, max: 2_147_483_647 }) }),
    answer: run,
    async handle({ app, params }) {
      const found = await showRun(app.database, params.id);
      if (found === null) throw noSuch('run', String(params.id));
      return { ...found, lines: found.lines.map((line) => ({ ...line, sum: sumOfLine(line) })) };
    },
  }),
  route({
    method: 'GET',
    path: '/schedules',
    permission: 'runs:read',
    summary: 'Lists schedules with their next and last instant, and when each job last looked.',
    answer: schedules,
    async handle({ app, now }) {
      const pauses = await schedulePauses(app.database);
      const all = schedulesOf(app).map((schedule) => ({
        id: schedule.id,
        job: schedule.job,
        key: schedule.key,
        cron: schedule.cron,
        zone: schedule.zone,
        next: nextTick(schedule, now),
        last: lastTick(schedule, now),
        paused: pauses.get(schedule.id) ?? null,
      }));
      return { schedules: all, looks: await lastLooks(app.database) };
    },
  }),
];
