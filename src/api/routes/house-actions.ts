import type { App } from '../../app.js';
import type { ScheduleConfig } from '../../config/config.js';
import { openProblems } from '../../problems/problems.js';
import { snoozeProblems } from '../../problems/snooze.js';
import { pauseSchedule, resumeSchedule } from '../../queue/schedule-pauses.js';
import { schedulesOf } from '../../start.js';
import { BY_PERSON, readChannelState, writeChannelState } from '../../sync/channel-state.js';
import { checkFailure } from '../../sync/check-channel.js';
import { refuseUnread, resumeChannel } from '../../sync/resume-channel.js';
import { showPlan } from '../../views/plan-view.js';
import { noSuch, Refusal } from '../problem.js';
import { nothing, route } from '../route.js';
import { described, integer, object, optional, text } from '../shape.js';

const channel = object({ channel: text(63) });
const schedule = object({ id: text(100) });
const checksum = text(100, { min: 8 });

/** Throws a Refusal (404) when there is none. */
function scheduleOf(app: App, id: string): ScheduleConfig {
  const found = schedulesOf(app).find((each) => each.id === id);
  if (found === undefined) throw noSuch('schedule', id);
  return found;
}

/** Throws a Refusal (409) when the plan is another one by now, saying what it is. */
async function refuseMoved(
  app: App,
  id: string,
  shown: { readonly checksum: string; readonly count: number | null },
): Promise<void> {
  const { checksum: now, held, planned } = await showPlan(await app.desk(id));
  if (now === shown.checksum && (shown.count === null || shown.count === held)) return;
  throw new Refusal(
    409,
    'plan_moved',
    `The plan has changed: ${held} of ${planned} changes are held now.`,
    'Look at the plan again, then decide.',
  );
}

/** Jobs, plans and channels set going or stopped by people. */
export const houseActionRoutes = [
  route({
    method: 'POST',
    path: '/schedules/:id/run',
    permission: 'runs:write',
    summary: 'Has a scheduled job look now.',
    params: schedule,
    answer: nothing,
    status: 202,
    async handle(call) {
      const { app, params } = call;
      const { id, job, key } = scheduleOf(app, params.id);
      call.note({ object: `schedule ${id}` });
      await app.queue.wake(job, key);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/schedules/:id/pause',
    permission: 'runs:write',
    summary: 'Stops a schedule until somebody lets it go on; its job can still be run by hand.',
    params: schedule,
    answer: nothing,
    async handle(call) {
      const { app, params, caller, now } = call;
      const { id } = scheduleOf(app, params.id);
      call.note({ object: `schedule ${id}`, after: { paused: true } });
      await pauseSchedule(app.database, id, { by: caller?.name ?? 'operator', at: now });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/schedules/:id/resume',
    permission: 'runs:write',
    summary: 'Lets a paused schedule go on with its next instant.',
    params: schedule,
    answer: nothing,
    async handle(call) {
      const { app, params } = call;
      const { id } = scheduleOf(app, params.id);
      call.note({ object: `schedule ${id}`, after: { paused: false } });
      await resumeSchedule(app.database, id);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/jobs/:job/:key/revive',
    permission: 'runs:write',
    summary: 'Lets a job run again that failed too often.',
    params: object({ job: text(60), key: text(200) }),
    answer: nothing,
    async handle(call) {
      const { app, params } = call;
      call.note({ object: `job ${params.job} ${params.key}` });
      if (!(await app.queue.revive(params.job, params.key)))
        throw noSuch('dead job', `${params.job} ${params.key}`);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/plans/:channel/approve',
    permission: 'plans:approve',
    summary: 'Lets this very plan through, holds and all; another one that came meanwhile is held again.',
    params: channel,
    body: object({
      checksum,
      count: described(
        optional(integer({ min: 0, max: 2_000_000_000 })),
        'How many held changes whoever approves was shown; another number is refused.',
      ),
    }),
    answer: nothing,
    status: 202,
    async handle(call) {
      const { app, params, body } = call;
      const { id } = app.channel(params.channel);
      if (body.count !== undefined) await refuseMoved(app, id, { ...body, count: body.count });
      call.note({ object: `plan of ${id}`, after: { checksum: body.checksum } });
      await readChannelState(app.database, id);
      await writeChannelState(app.database, id, {
        released_checksum: body.checksum,
        rejected_checksum: null,
        rejected_by: null,
        rejected_at: null,
      });
      await app.queue.wake('reconcile', id);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/plans/:channel/reject',
    permission: 'plans:approve',
    summary:
      'Turns this very plan down: what is held stays as it is on the channel, and nobody is reminded until the plan is another one.',
    params: channel,
    body: object({ checksum, note: optional(text(500)) }),
    answer: nothing,
    async handle(call) {
      const { app, params, body, caller, now } = call;
      const { id } = app.channel(params.channel);
      const by = caller?.name ?? 'operator';
      call.note({ object: `plan of ${id}`, after: { rejected: body.checksum, note: body.note ?? '' } });
      await refuseMoved(app, id, { checksum: body.checksum, count: null });
      await app.database.transaction(async (tx) => {
        await writeChannelState(tx, id, {
          rejected_checksum: body.checksum,
          rejected_by: by,
          rejected_at: now,
          released_checksum: null,
        });
        const held = (await openProblems(tx, id)).filter(({ code }) => code === 'changes_held');
        await snoozeProblems(tx, held, { until: null, note: body.note ?? '', by, at: now });
      });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/pause',
    permission: 'channels:write',
    summary: 'Stops everything that would be sent to the channel or asked of it.',
    params: channel,
    answer: nothing,
    async handle(call) {
      const { app, params, now } = call;
      const { id } = app.channel(params.channel);
      call.note({ object: `channel ${id}` });
      const { paused_code } = await readChannelState(app.database, id);
      if (paused_code === null)
        await writeChannelState(app.database, id, { paused_code: BY_PERSON, paused_at: now });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/resume',
    permission: 'channels:write',
    summary: 'Puts a paused channel to work again, once its check finds nothing wrong.',
    params: channel,
    answer: nothing,
    async handle(call) {
      const { app, params } = call;
      const { id } = app.channel(params.channel);
      call.note({ object: `channel ${id}` });
      await refuseUnread(app.database, id, app.open(id));
      const failure = await checkFailure(app.open(id));
      if (failure !== null) throw new Refusal(409, 'stays_paused', failure, 'Correct it, then resume again.');
      await resumeChannel(app.database, id, app.open(id));
      await app.queue.wake('reconcile', id);
      await app.queue.wake('pull-orders', id);
      return undefined;
    },
  }),
];
