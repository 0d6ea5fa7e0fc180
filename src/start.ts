import { jobHandlers } from '../jobs/index.js';
import type { App } from './app.js';
import type { ScheduleConfig } from './config/config.js';
import { runSchedules } from './queue/schedule.js';

/** What a house does by itself unless the configuration says otherwise: the sweep finds everything else. */
const EVERY_MINUTE = { job: 'sweep', key: '*', cron: '* * * * *', zone: 'UTC' } as const;
const NIGHTLY = { job: 'purge', key: '*', cron: '20 3 * * *', zone: 'UTC' } as const;

/** The schedules of the house: its own, then the configured ones; one with the same id replaces ours. */
export function schedulesOf(app: App): readonly ScheduleConfig[] {
  const own: ScheduleConfig[] = [
    { id: 'sweep', ...EVERY_MINUTE },
    { id: 'purge', ...NIGHTLY },
    ...app.config.sources.map(
      (source): ScheduleConfig => ({
        id: `import-${source.id}`,
        job: 'import',
        key: source.id,
        cron: '0 * * * *',
        zone: 'UTC',
      }),
    ),
    ...app.config.channels
      .filter((channel) => app.open(channel.id).listings?.observe)
      .map(
        (channel): ScheduleConfig => ({
          id: `observe-${channel.id}`,
          job: 'observe',
          key: channel.id,
          cron: '40 2 * * *',
          zone: channel.zone,
        }),
      ),
    ...app.config.channels.map(
      (channel): ScheduleConfig => ({
        id: `check-${channel.id}`,
        job: 'check',
        key: channel.id,
        cron: '50 */6 * * *',
        zone: 'UTC',
      }),
    ),
    ...app.config.channels
      .filter((channel) => channel.promotions !== null && app.open(channel.id).promotions)
      .map(
        (channel): ScheduleConfig => ({
          id: `promotions-${channel.id}`,
          job: 'promotions',
          key: channel.id,
          cron: '*/15 * * * *',
          zone: channel.zone,
        }),
      ),
    ...app.config.channels
      .filter((channel) => channel.inspect !== null)
      .map(
        (channel): ScheduleConfig => ({
          id: `inspect-${channel.id}`,
          job: 'inspect',
          key: channel.id,
          cron: '10 1 * * *',
          zone: channel.zone,
        }),
      ),
    ...app.config.channels.flatMap((channel): ScheduleConfig[] => {
      const { listings, feed } = app.open(channel.id);
      if (channel.heal === null || !listings || !feed) return [];
      return [
        { id: `heal-${channel.id}`, job: 'heal', key: channel.id, cron: channel.heal, zone: channel.zone },
      ];
    }),
  ];
  const configured = new Set(app.config.schedules.map((schedule) => schedule.id));
  return [...own.filter((schedule) => !configured.has(schedule.id)), ...app.config.schedules];
}

/** Which parts of the work a process takes. */
export interface WorkParts {
  readonly concurrency: number;
  /** Also keeps the calendar. One process of a house is enough; several do no harm. */
  readonly schedules: boolean;
  readonly signal: AbortSignal;
}

/** Works until the signal: takes jobs, keeps the calendar, and begins with a look at everything. Ends when running jobs are done. */
export async function workOn(app: App, parts: WorkParts): Promise<void> {
  const { signal, concurrency } = parts;
  await app.queue.wake('sweep', '*');
  const { database, queue, clock, log } = app;
  const calendar = parts.schedules
    ? runSchedules(schedulesOf(app), { database, queue, clock, log, signal })
    : null;
  await Promise.all([queue.work(jobHandlers(app), { concurrency, signal }), calendar]);
}
