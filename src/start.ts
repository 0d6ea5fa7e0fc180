import { jobHandlers } from '../jobs/index.js';
import { endLostRuns, rememberRuns } from './activity/run-log.js';
import type { App } from './app.js';
import { backsUp } from './backup/back-up-house.js';
import type { Log, OpenChannel } from './channel/connector.js';
import { pause } from './channel/throttle.js';
import type { ChannelConfig, ScheduleConfig } from './config/config.js';
import { redactor } from './log/redact.js';
import { meteredJobs } from './metrics/metered.js';
import { reasonOf } from './queue/job-queue.js';
import { runSchedules } from './queue/schedule.js';
import { resumePractice } from './setup/practice-channels.js';

/** What a house does by itself unless the configuration says otherwise: the sweep finds everything else. */
const HOUSE: readonly ScheduleConfig[] = [
  { id: 'sweep', job: 'sweep', key: '*', cron: '* * * * *', zone: 'UTC' },
  { id: 'facts', job: 'facts', key: '*', cron: '*/10 * * * *', zone: 'UTC' },
  { id: 'purge', job: 'purge', key: '*', cron: '20 3 * * *', zone: 'UTC' },
];

const BACKUP: ScheduleConfig = { id: 'backup', job: 'backup', key: '*', cron: '5 * * * *', zone: 'UTC' };

/** What is done for each channel, in its own zone; a channel for which there is no calendar goes without. */
const PER_CHANNEL: readonly {
  readonly job: string;
  cron(channel: ChannelConfig, open: OpenChannel): string | null;
}[] = [
  { job: 'observe', cron: (_channel, { listings }) => (listings?.observe ? '40 2 * * *' : null) },
  { job: 'check', cron: () => '50 */6 * * *' },
  { job: 'definitions', cron: (_channel, { definitions }) => (definitions ? '20 1 * * *' : null) },
  { job: 'fees', cron: ({ profit }, { fees }) => (profit !== null && fees ? '10 4 * * *' : null) },
  { job: 'sale-fees', cron: ({ profit }, { orders }) => (profit !== null && orders ? '25 * * * *' : null) },
  {
    job: 'competition',
    cron: ({ profit }, { fees }) => (profit?.competition && fees?.competition ? '30 4 * * *' : null),
  },
  {
    job: 'promotions',
    cron: (channel, { promotions }) => (channel.promotions !== null && promotions ? '*/15 * * * *' : null),
  },
  { job: 'inspect', cron: (channel) => (channel.inspect === null ? null : '10 1 * * *') },
  { job: 'heal', cron: (channel, { listings, feed }) => (listings && feed ? channel.heal : null) },
];

/** The schedules of the house: its own, then the configured ones; one with the same id replaces ours. */
export function schedulesOf(app: App): readonly ScheduleConfig[] {
  const { sources, channels, schedules } = app.config;
  const imports = sources.map(
    ({ id }): ScheduleConfig => ({
      id: `import-${id}`,
      job: 'import',
      key: id,
      cron: '0 * * * *',
      zone: 'UTC',
    }),
  );
  const ofChannels = channels.flatMap((channel) =>
    PER_CHANNEL.flatMap(({ job, cron }): readonly ScheduleConfig[] => {
      const at = cron(channel, app.open(channel.id));
      return at === null
        ? []
        : [{ id: `${job}-${channel.id}`, job, key: channel.id, cron: at, zone: channel.zone }];
    }),
  );
  const backups = app.config.backups.hourly && backsUp(app.config) ? [BACKUP] : [];
  const configured = new Set(schedules.map((schedule) => schedule.id));
  const own = [...HOUSE, ...backups, ...imports, ...ofChannels].filter(
    (schedule) => !configured.has(schedule.id),
  );
  return [...own, ...schedules];
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
  if (parts.schedules) await practise(app);
  await app.queue.wake('sweep', '*');
  const { database, queue, clock, log } = app;
  const calendar = parts.schedules ? keepCalendar(app, signal) : null;
  if (database.engine === 'sqlite') await endLostRuns(database, clock.now()); // here one process is the house
  const clean = redactor();
  for (const secret of app.config.secrets) clean.hide(secret);
  const handlers = rememberRuns({ database, clock, log, redactor: clean }, (told) =>
    jobHandlers(withLog(app, told)),
  );
  await Promise.all([
    queue.work(meteredJobs(handlers, app), { concurrency, signal }),
    calendar,
    takeUpSetup(app, signal, clean),
  ]);
}

/** Practice channels get their simulators back; what those show is read again, since they begin empty. */
async function practise(app: App): Promise<void> {
  try {
    const resumed = await resumePractice(app);
    if (resumed.length === 0) return;
    await app.reload();
    for (const channel of resumed) await app.queue.wake('observe', channel);
  } catch (error) {
    // Real channels must not wait for those that are only practised on.
    app.log.error({ reason: reasonOf(error) }, 'practice channels could not be started');
  }
}

/** The house with another log; its members stay as they are, those that change among them. */
function withLog(app: App, log: Log): App {
  const members = { ...Object.getOwnPropertyDescriptors(app), log: { value: log, enumerable: true } };
  return Object.defineProperties({}, members) as App;
}

/** The calendar begins anew whenever something is set up. */
async function keepCalendar(app: App, signal: AbortSignal): Promise<void> {
  const { database, queue, clock, log } = app;
  while (!signal.aborted) {
    const until = AbortSignal.any([signal, app.configChanged()]);
    await runSchedules(schedulesOf(app), { database, queue, clock, log, signal: until });
  }
}

const SETUP_EVERY_MS = 5_000;

/** What is set up in the console of another process is taken up too. */
async function takeUpSetup(
  app: App,
  signal: AbortSignal,
  clean: { hide(secret: string): void },
): Promise<void> {
  while (!signal.aborted) {
    await pause(SETUP_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await app.reload();
      for (const secret of app.config.secrets) clean.hide(secret);
    } catch (error) {
      app.log.error({ reason: reasonOf(error) }, 'what is set up could not be read; trying again');
    }
  }
}
