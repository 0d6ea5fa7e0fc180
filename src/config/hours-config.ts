import { isJsonObject, type JsonValue } from '../domain/json.js';
import type { OpeningHours, OpenSpan } from '../domain/location.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SPAN = /^([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const HOW = {
  days: 'Write mon, tue, wed, thu, fri, sat, sun, a range such as mon-fri, or daily; each day once.',
  spans: 'Write "10:00-19:00", "09:00-12:30, 14:00-18:00" or closed; what goes past midnight is two days.',
  date: 'Write a date such as 2026-12-24.',
};

/** Reads opening hours that have no mistakes: `hours: { mon-fri: "10:00-19:00" }` and `exceptions: { 2026-12-25: closed }`; null: none are given. */
export function hoursOf(
  hours: JsonValue | undefined,
  exceptions: JsonValue | undefined,
): OpeningHours | null {
  if (!isJsonObject(hours)) return null;
  const week: (readonly OpenSpan[])[] = DAYS.map(() => []);
  for (const [name, text] of Object.entries(hours))
    for (const day of daysIn(name) ?? []) week[day] = spansIn(text) ?? [];
  const dates = Object.entries(isJsonObject(exceptions) ? exceptions : {});
  return { week, exceptions: Object.fromEntries(dates.map(([date, text]) => [date, spansIn(text) ?? []])) };
}

/** What is wrong with the `hours:` and `exceptions:` of a location. */
export function hoursMistakes(
  file: ConfigFile,
  at: ConfigPath,
  place: { readonly hours?: JsonValue | undefined; readonly exceptions?: JsonValue | undefined },
): ConfigMistake[] {
  const hours = Object.entries(isJsonObject(place.hours) ? place.hours : {});
  const dates = Object.entries(isJsonObject(place.exceptions) ? place.exceptions : {});
  const seen = new Set<number>();
  const mistakes = hours.flatMap(([name, text]) => {
    const path = [...at, 'hours', name];
    const days = daysIn(name);
    if (days === null || days.some((day) => seen.has(day)))
      return [
        file.mistake(path, {
          message: days === null ? 'is no day of the week' : 'names a day twice',
          advice: HOW.days,
          at: 'name',
        }),
      ];
    for (const day of days) seen.add(day);
    return spanMistakes(file, path, text);
  });
  for (const [date, text] of dates) {
    const path = [...at, 'exceptions', date];
    if (!isDate(date))
      mistakes.push(file.mistake(path, { message: 'is no date', advice: HOW.date, at: 'name' }));
    else mistakes.push(...spanMistakes(file, path, text));
  }
  return mistakes;
}

function spanMistakes(file: ConfigFile, path: ConfigPath, text: JsonValue | undefined): ConfigMistake[] {
  if (spansIn(text) !== null) return [];
  return [file.mistake(path, { message: 'is no opening time', advice: HOW.spans })];
}

/** Days from Monday, 0; null: no day has this name. */
function daysIn(name: string): readonly number[] | null {
  if (name === 'daily') return DAYS.map((_, day) => day);
  const [first = '', last = first, ...more] = name.split('-').map((day) => DAYS.indexOf(day));
  if (typeof first !== 'number' || typeof last !== 'number' || more.length > 0) return null;
  if (first < 0 || last < first) return null;
  return Array.from({ length: last - first + 1 }, (_, ahead) => first + ahead);
}

/** Opening times of a day in their order, apart from one another; null: the text is none. */
function spansIn(text: JsonValue | undefined): readonly OpenSpan[] | null {
  if (text === 'closed') return [];
  if (typeof text !== 'string') return null;
  const spans: OpenSpan[] = [];
  for (const part of text.split(',')) {
    const match = SPAN.exec(part.trim());
    if (!match) return null;
    const [, fromHour, fromMinute, toHour = '24', toMinute = '0'] = match;
    const span = {
      from: Number(fromHour) * 60 + Number(fromMinute),
      to: Number(toHour) * 60 + Number(toMinute),
    };
    if (span.to <= span.from || span.from < (spans.at(-1)?.to ?? 0)) return null;
    spans.push(span);
  }
  return spans;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
