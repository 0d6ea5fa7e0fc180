import type { Queries, ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Who stopped a schedule, and since when. */
export interface SchedulePause {
  readonly by: string;
  readonly at: Instant;
}

/** Every schedule that is paused, by its id. */
export async function schedulePauses(queries: ReadQueries): Promise<ReadonlyMap<string, SchedulePause>> {
  const rows = await queries.all<{ schedule: string; paused_by: string; paused_at: Instant }>(
    'SELECT schedule, paused_by, paused_at FROM schedule_pause',
  );
  return new Map(
    rows.map(({ schedule, paused_by, paused_at }) => [schedule, { by: paused_by, at: paused_at }]),
  );
}

/** Stops a schedule: its instants pass without waking anything. One that is paused stays as it is. */
export async function pauseSchedule(queries: Queries, schedule: string, pause: SchedulePause): Promise<void> {
  await queries.run(
    'INSERT INTO schedule_pause (schedule, paused_by, paused_at) VALUES (?, ?, ?) ON CONFLICT (schedule) DO NOTHING',
    [schedule, pause.by, pause.at],
  );
}

/** Lets a schedule go on with its next instant; those that passed are not made up for. */
export async function resumeSchedule(queries: Queries, schedule: string): Promise<void> {
  await queries.run('DELETE FROM schedule_pause WHERE schedule = ?', [schedule]);
}

/** Whether a schedule is paused. */
export async function isPaused(queries: ReadQueries, schedule: string): Promise<boolean> {
  const row = await queries.get('SELECT 1 AS one FROM schedule_pause WHERE schedule = ?', [schedule]);
  return row !== undefined;
}
