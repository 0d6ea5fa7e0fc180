import { Cron } from 'croner';
import type { Log } from '../channel/connector.js';
import { pause } from '../channel/throttle.js';
import type { Queries } from '../db/database.js';
import { type Clock, epochMs, type Instant, instantOf, plusMs } from '../domain/instant.js';
import { type JobQueue, reasonOf } from './job-queue.js';
import { isPaused } from './schedule-pauses.js';

/** When a key is woken by the calendar. */
export interface Schedule {
  readonly id: string;
  readonly job: string;
  readonly key: string;
  /** Five or six fields, read in `zone`. */
  readonly cron: string;
  /** IANA zone. */
  readonly zone: string;
}

/** What schedules run with. */
export interface ScheduleParts {
  readonly database: Queries;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const LONGEST_SLEEP_MS = 60_000;
const KEEP_TICKS_MS = 35 * 86_400_000;
/** Longer than a live scheduler takes from the claim of a tick to its wake. */
const OWED_AFTER_MS = 60_000;

/** The first planned instant after `from`; null: there is none any more. A local time that the clocks skip comes at the next valid instant, a doubled one once. */
export function nextTick(schedule: Schedule, from: Instant): Instant | null {
  const next = new Cron(schedule.cron, { timezone: schedule.zone, paused: true }).nextRun(
    new Date(epochMs(from)),
  );
  return next === null ? null : instantOf(next.getTime());
}

/** The last planned instant up to and including `now`, if there is one in the last year. */
export function lastTick(schedule: Schedule, now: Instant): Instant | null {
  const secondAfter = Math.floor(epochMs(now) / 1_000) * 1_000 + 1_000; // croner looks strictly before it
  const [last] = new Cron(schedule.cron, { timezone: schedule.zone, paused: true }).previousRuns(
    1,
    new Date(secondAfter),
  );
  return last === undefined ? null : instantOf(last.getTime());
}

/**
 * Wakes jobs at their planned instants until the signal is aborted. A tick is a row (schedule, instant): whoever writes it
 * wakes the job, so that two schedulers fire once. The ticks of a paused schedule wake nothing. Ticks missed while nothing ran lead to one run at the start; a
 * schedule that is new here waits for its first tick.
 */
export async function runSchedules(schedules: readonly Schedule[], parts: ScheduleParts): Promise<void> {
  const { clock, log, signal } = parts;
  let from = clock.now(); // before catching up, so that no instant falls between the two
  let caughtUp = false;
  while (!signal.aborted) {
    const until = clock.now();
    try {
      if (!caughtUp) for (const schedule of schedules) await catchUp(schedule, from, parts);
      caughtUp = true;
      await payOwed(schedules, parts);
      for (const schedule of schedules) {
        const due = nextTick(schedule, from);
        if (due !== null && due <= until) await fire(schedule, lastTick(schedule, until) ?? due, parts);
      }
      from = until;
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'a scheduled tick could not be recorded; trying again');
    }
    await sleep(schedules, parts, from);
  }
}

/** Fires once when the last planned instant has no tick though an earlier one has. */
async function catchUp(schedule: Schedule, now: Instant, parts: ScheduleParts): Promise<void> {
  const last = lastTick(schedule, now);
  if (last === null) return;
  const known = await parts.database.get<{ planned_at: string }>(
    'SELECT max(planned_at) AS planned_at FROM schedule_tick WHERE schedule = ?',
    [schedule.id],
  );
  if (known?.planned_at == null) await claimTick(parts.database, schedule.id, last, 0);
  else if (known.planned_at < last) await fire(schedule, last, parts);
}

async function fire(schedule: Schedule, planned: Instant, parts: ScheduleParts): Promise<void> {
  if (await claimTick(parts.database, schedule.id, planned, 1)) await wakeOwed(schedule, planned, parts);
}

/** A tick is owed until its job was woken: only then is it struck out. */
async function wakeOwed(schedule: Schedule, planned: Instant, parts: ScheduleParts): Promise<void> {
  const { database, queue, log, clock } = parts;
  const { id, job, key } = schedule;
  // Its instant is written down all the same: when the schedule goes on, nothing is made up for.
  if (!(await isPaused(database, id))) {
    log.info({ schedule: id, job, key, planned }, 'scheduled');
    await queue.wake(job, key);
  }
  await database.run('UPDATE schedule_tick SET owed = 0 WHERE schedule = ? AND planned_at = ?', [
    id,
    planned,
  ]);
  await database.run('DELETE FROM schedule_tick WHERE schedule = ? AND planned_at < ?', [
    id,
    plusMs(clock.now(), -KEEP_TICKS_MS),
  ]);
}

/** Whoever claimed a tick and died before it woke the job leaves it to the others: woken twice is better than not at all. */
async function payOwed(schedules: readonly Schedule[], parts: ScheduleParts): Promise<void> {
  const owed = await parts.database.all<{ schedule: string; planned_at: Instant }>(
    'SELECT schedule, planned_at FROM schedule_tick WHERE owed = 1 AND planned_at <= ?',
    [plusMs(parts.clock.now(), -OWED_AFTER_MS)],
  );
  for (const { schedule: id, planned_at: planned } of owed) {
    const schedule = schedules.find((each) => each.id === id);
    if (schedule !== undefined) await wakeOwed(schedule, planned, parts);
  }
}

async function claimTick(
  database: Queries,
  schedule: string,
  planned: Instant,
  owed: 0 | 1,
): Promise<boolean> {
  const written = await database.run(
    'INSERT INTO schedule_tick (schedule, planned_at, owed) VALUES (?, ?, ?) ON CONFLICT (schedule, planned_at) DO NOTHING',
    [schedule, planned, owed],
  );
  return written > 0;
}

/** Short sleeps, so that a clock that is set right is noticed within a minute. */
async function sleep(schedules: readonly Schedule[], parts: ScheduleParts, from: Instant): Promise<void> {
  const ticks = schedules.flatMap((schedule) => nextTick(schedule, from) ?? []);
  const nextMs = Math.min(...ticks.map((tick) => epochMs(tick) - epochMs(parts.clock.now())));
  const ms = Math.max(20, Math.min(LONGEST_SLEEP_MS, nextMs));
  await pause(ms, parts.signal).catch(() => undefined); // rejects only when it is time to stop
}
