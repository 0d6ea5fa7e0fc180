import { language, say } from '../../../strings/say.js';

/**
 * A schedule in words: "every 15 minutes", "every day at 06:00, Berlin time". What has no words is shown as it is written. The zone is named unless it is
 * UTC, whose times are said to be such.
 */
export function cronWords(cron: string, zone: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/).slice(-5);
  const daily = day === '*' && month === '*';
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (daily && weekday === '*' && hour === '*') {
    if (minute === '*') return say('cron.each_minute');
    if (step !== undefined) return say('cron.minutes', { n: Number(step) });
    if (/^\d+$/.test(minute)) return say('cron.hourly', { minute: minute.padStart(2, '0') });
  }
  const hours = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (daily && weekday === '*' && hours !== undefined && /^\d+$/.test(minute))
    return say('cron.hours', { n: Number(hours), minute: minute.padStart(2, '0') });
  if (daily && /^\d+$/.test(minute) && /^\d+$/.test(hour)) {
    const at = say('cron.at', {
      time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
      zone: placeOf(zone),
    });
    if (weekday === '*') return say('cron.daily', { at });
    if (/^[0-7]$/.test(weekday)) return say('cron.weekly', { day: dayName(Number(weekday)), at });
  }
  return say('cron.raw', { cron, zone: placeOf(zone) });
}

/** `Europe/Berlin` is Berlin. */
function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** 0 and 7 are Sunday. */
function dayName(weekday: number): string {
  const sunday = Date.UTC(2026, 10, 22);
  return new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(
    sunday + (weekday % 7) * 86_400_000,
  );
}
