import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';

const HOUR_MS = 3_600_000;
const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
/** A monthly schedule comes at least this often. */
const LONGEST_MS = 32 * 24 * HOUR_MS;

/**
 * The latest instant after `after` and up to `now` (both in ms) at which a schedule has its file fetched; null: none. Only whole hours are possible
 * (datasources v1, fetchSettings, verified 2026-11-24).
 */
export function lastDue(settings: JsonObject, after: number, now: number): number | null {
  if (settings.enabled !== true) return null;
  const earliest = Math.max(after, now - LONGEST_MS);
  for (let at = Math.floor(now / HOUR_MS) * HOUR_MS; at > earliest; at -= HOUR_MS)
    if (isTime(settings, at)) return at;
  return null;
}

function isTime(settings: JsonObject, at: number): boolean {
  const time = isJsonObject(settings.timeOfDay) ? settings.timeOfDay : {};
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: typeof settings.timeZone === 'string' ? settings.timeZone : 'America/Los_Angeles',
    hourCycle: 'h23',
    ...{ hour: 'numeric', weekday: 'long', day: 'numeric' },
  }).formatToParts(at);
  const told = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  if (Number(told('hour')) !== Number(time.hours ?? 0)) return false;
  if (settings.frequency === 'FREQUENCY_WEEKLY')
    return WEEKDAYS.indexOf(told('weekday').toUpperCase()) === WEEKDAYS.indexOf(String(settings.dayOfWeek));
  if (settings.frequency === 'FREQUENCY_MONTHLY') return Number(told('day')) === settings.dayOfMonth;
  return true;
}
