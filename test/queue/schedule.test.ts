import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/domain/instant.js';
import { lastTick, nextTick, runSchedules, type Schedule } from '../../src/queue/schedule.js';
import { pauseSchedule, resumeSchedule } from '../../src/queue/schedule-pauses.js';
import { sqlQueue } from '../../src/queue/sql-queue.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { silentLog } from '../support/silent-log.js';

function at(cron: string, zone: string): Schedule {
  return { id: 'nightly', job: 'import', key: 'shop', cron, zone };
}

describe('the calendar of a schedule', () => {
  it('reads the fields in the zone of the schedule', () => {
    expect(nextTick(at('0 3 * * *', 'Asia/Tokyo'), '2026-11-24T00:00:00.000Z')).toBe(
      '2026-11-24T18:00:00.000Z',
    );
    expect(nextTick(at('0 3 * * *', 'UTC'), '2026-11-24T03:00:00.000Z')).toBe('2026-11-25T03:00:00.000Z');
    expect(lastTick(at('0 3 * * *', 'UTC'), '2026-11-24T03:00:00.000Z')).toBe('2026-11-24T03:00:00.000Z');
    expect(lastTick(at('0 3 * * *', 'UTC'), '2026-11-24T02:59:59.900Z')).toBe('2026-11-23T03:00:00.000Z');
  });

  const TRANSITIONS = [
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z'],
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00:00.000Z', '2026-10-25T12:00:00.000Z'],
    ['America/New_York', '30 2 * * *', '2026-03-07T12:00:00.000Z', '2026-03-08T12:00:00.000Z'],
    ['America/New_York', '30 1 * * *', '2026-10-31T12:00:00.000Z', '2026-11-01T12:00:00.000Z'],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T00:00:00.000Z', '2026-10-04T00:00:00.000Z'],
    ['America/Santiago', '30 0 * * *', '2026-09-05T12:00:00.000Z', '2026-09-06T12:00:00.000Z'],
    ['Asia/Kolkata', '30 2 29 2 *', '2028-02-28T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ] as const;

  it.each(TRANSITIONS)(
    'fires once a day in %s (%s) when the clocks change or the day is rare',
    (zone, cron, from, to) => {
      const ticks: string[] = [];
      for (
        let tick = nextTick(at(cron, zone), from);
        tick !== null && tick <= to;
        tick = nextTick(at(cron, zone), tick)
      )
        ticks.push(tick);
      expect(ticks).toHaveLength(1);
    },
  );
});

onEachDatabase('running schedules', (open) => {
  let test: TestDatabase;
  let stop: AbortController;
  beforeEach(async () => {
    test = await open();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await test.dispose();
  });

  function clockAt(start: string): { clock: Clock; advance(ms: number): void } {
    let now = Date.parse(start);
    return {
      clock: { now: () => new Date(now).toISOString(), monotonicMs: () => now },
      advance(ms) {
        now += ms;
      },
    };
  }

  function parts(clock: Clock) {
    const queue = sqlQueue({ database: test.database, clock, log: silentLog });
    return { database: test.database, queue, clock, log: silentLog, signal: stop.signal };
  }

  const ticks = (): Promise<{ planned_at: string }[]> =>
    test.database.all('SELECT planned_at FROM schedule_tick ORDER BY planned_at');
  const wakes = (): Promise<{ n: number } | undefined> =>
    test.database.get(
      "SELECT CAST(COUNT(*) AS integer) AS n FROM wake WHERE job = 'import' AND wake_key = 'shop'",
    );

  it('does not fire a schedule that is new here for the past', async () => {
    const { clock } = clockAt('2026-11-24T12:00:00.000Z');
    const running = runSchedules([at('0 3 * * *', 'UTC')], parts(clock));
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(1));
    stop.abort();
    await running;
    expect(await wakes()).toEqual({ n: 0 });
  });

  it('makes one run of many ticks that were missed', async () => {
    await test.database.run('INSERT INTO schedule_tick (schedule, planned_at) VALUES (?, ?)', [
      'nightly',
      '2026-11-20T03:00:00.000Z',
    ]);
    const { clock } = clockAt('2026-11-24T12:00:00.000Z');
    const running = runSchedules([at('0 3 * * *', 'UTC')], parts(clock));
    await vi.waitFor(async () => expect(await wakes()).toEqual({ n: 1 }));
    stop.abort();
    await running;
    expect((await ticks()).map((tick) => tick.planned_at)).toEqual([
      '2026-11-20T03:00:00.000Z',
      '2026-11-24T03:00:00.000Z',
    ]);
  });

  it('wakes nothing while a schedule is paused, and makes up for nothing when it goes on', async () => {
    const { clock, advance } = clockAt('2026-11-24T02:59:59.900Z');
    const schedule = at('0 3 * * *', 'UTC');
    await pauseSchedule(test.database, schedule.id, { by: 'Ann', at: clock.now() });
    const running = runSchedules([schedule], parts(clock));
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(1));
    advance(200);
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(2));
    expect(await wakes()).toEqual({ n: 0 });
    stop.abort();
    await running;
    await resumeSchedule(test.database, schedule.id);
    stop = new AbortController();
    advance(24 * 3_600_000 - 200);
    const again = runSchedules([schedule], parts(clock));
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(2));
    expect(await wakes()).toEqual({ n: 0 });
    advance(200);
    await vi.waitFor(async () => expect(await wakes()).toEqual({ n: 1 }));
    stop.abort();
    await again;
  });

  it('wakes the job of a tick whose scheduler died before it could', async () => {
    const { clock, advance } = clockAt('2026-11-24T02:59:59.900Z');
    const schedule = at('0 3 * * *', 'UTC');
    const dying = { ...parts(clock), signal: new AbortController().signal };
    const never = new Promise<never>(() => undefined);
    void runSchedules([schedule], { ...dying, queue: { ...dying.queue, wake: () => never } });
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(1));
    advance(200);
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(2));
    expect(await wakes()).toEqual({ n: 0 });
    advance(61_000);
    const next = runSchedules([schedule], parts(clock));
    await vi.waitFor(async () => expect(await wakes()).toEqual({ n: 1 }));
    stop.abort();
    await next;
    expect(await test.database.get('SELECT CAST(SUM(owed) AS integer) AS n FROM schedule_tick')).toEqual({
      n: 0,
    });
  });

  it('begins when the database can be read again', async () => {
    const { clock } = clockAt('2026-11-24T12:00:00.000Z');
    let failures = 0;
    const { database, ...rest } = parts(clock);
    const failing = new Proxy(database, {
      get(target, name, receiver) {
        if (name === 'get' && failures++ < 1) return () => Promise.reject(new Error('database is locked'));
        return Reflect.get(target, name, receiver);
      },
    });
    const schedule = { ...at('* * * * * *', 'UTC') };
    const running = runSchedules([schedule], { ...rest, database: failing });
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(1), { timeout: 5_000 });
    stop.abort();
    await running;
  });

  it('lets three schedulers fire a tick once', async () => {
    const { clock, advance } = clockAt('2026-11-24T02:59:59.900Z');
    const schedule = at('0 3 * * *', 'UTC');
    const woken: string[] = [];
    const counting = { ...parts(clock) };
    const queue = { ...counting.queue, wake: async (job: string) => void woken.push(job) };
    const running = [1, 2, 3].map(() => runSchedules([schedule], { ...counting, queue }));
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(1));
    advance(200);
    await vi.waitFor(async () => expect(await ticks()).toHaveLength(2));
    await vi.waitFor(() => expect(woken).toEqual(['import']));
    stop.abort();
    await Promise.all(running);
    expect(woken).toEqual(['import']);
  });
});
