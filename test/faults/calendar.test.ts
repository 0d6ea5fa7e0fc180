import { describe, expect, it } from 'vitest';
import { nextTick, type Schedule } from '../../src/queue/schedule.js';

/** Zone, local time of the schedule, and the days around which its clocks change. */
const CASES = [
  ['Europe/Berlin', '02:30', ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31']],
  ['America/New_York', '01:30', ['2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07']],
  ['America/New_York', '02:15', ['2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07']],
  ['Australia/Lord_Howe', '02:10', ['2026-04-05', '2026-10-04', '2027-04-04', '2027-10-03']],
  ['America/Santiago', '00:00', ['2026-04-05', '2026-09-06', '2027-04-04', '2027-09-05']],
  ['Africa/Casablanca', '02:30', ['2026-02-15', '2026-03-22', '2027-02-07', '2027-03-14']],
  ['Asia/Kolkata', '02:30', ['2026-03-29', '2028-02-29', '2026-12-31', '2027-01-01']],
] as const;

/** What the wall shows in a zone: day and minute. */
function wall(zone: string): (ms: number) => { day: string; time: string } {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (ms) => {
    const [day = '', time = ''] = format.format(ms).split(' ');
    return { day, time };
  };
}

/** When the wall first shows that time on that day, or the first later minute where the clocks skip it: found minute by minute. */
function expected(zone: string, day: string, time: string): string {
  const shown = wall(zone);
  const from = Date.parse(`${day}T00:00:00.000Z`) - 15 * 3_600_000;
  for (let minute = 0; minute < 60 * 40; minute++) {
    const ms = from + minute * 60_000;
    const now = shown(ms);
    if (now.day === day && now.time >= time) return new Date(ms).toISOString();
  }
  throw new Error(`${zone} has no ${day}`);
}

function ticksOf(schedule: Schedule, day: string): string[] {
  const from = new Date(Date.parse(`${day}T00:00:00.000Z`) - 36 * 3_600_000).toISOString();
  const to = new Date(Date.parse(`${day}T00:00:00.000Z`) + 60 * 3_600_000).toISOString();
  const ticks: string[] = [];
  for (let tick = nextTick(schedule, from); tick !== null && tick <= to; tick = nextTick(schedule, tick))
    ticks.push(tick);
  return ticks;
}

describe('a daily schedule', () => {
  it.each(CASES.flatMap(([zone, time, days]) => days.map((day) => [zone, time, day] as const)))(
    'in %s at %s fires once on %s: at that time, or as soon after it as there is a time',
    (zone, time, day) => {
      const [hour, minute] = time.split(':').map(Number);
      const schedule = { id: 's', job: 'import', key: 'shop', cron: `${minute} ${hour} * * *`, zone };
      const shown = wall(zone);
      const onDay = ticksOf(schedule, day).filter((tick) => shown(Date.parse(tick)).day === day);
      expect(onDay).toEqual([expected(zone, day, time)]);
    },
  );
});
