import { epochMs, type Instant, instantOf } from '../domain/instant.js';
import type { Location, OpenSpan } from '../domain/location.js';
import { momentOf, wallMs } from '../mapping/functions/zone-time.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** A location that opens on none of so many days is taken to be closed for good. */
const LOOK_AHEAD_DAYS = 400;

/** Where hours are read. */
export type OpenPlace = Pick<Location, 'zone' | 'hours'>;

interface OpenTime {
  readonly from: number;
  readonly to: number;
}

/** Whether people are there; null: nobody said when they are. Pure. */
export function isOpen(place: OpenPlace, at: Instant): boolean | null {
  if (place.hours === null) return null;
  const ms = epochMs(at);
  return openTimesOf(place, dayOf(place, ms)).some(({ from, to }) => from <= ms && ms < to);
}

/** When people are there next, `at` itself while they are; null: nobody said, or never again. Pure. */
export function opensAt(place: OpenPlace, at: Instant): Instant | null {
  if (place.hours === null) return null;
  const ms = epochMs(at);
  for (const { from, to } of openTimesFrom(place, ms)) if (ms < to) return instantOf(Math.max(from, ms));
  return null;
}

/** When so many minutes of opening time have passed since `at`; without hours, plain minutes. Null: it does not open that long any more. Pure. */
export function afterOpenMinutes(place: OpenPlace, at: Instant, minutes: number): Instant | null {
  const start = epochMs(at);
  if (place.hours === null) return instantOf(start + minutes * MINUTE);
  let left = minutes * MINUTE;
  for (const { from, to } of openTimesFrom(place, start)) {
    const begin = Math.max(from, start);
    if (to <= begin) continue;
    if (to - begin >= left) return instantOf(begin + left);
    left -= to - begin;
  }
  return null;
}

/**
 * The last moment of the day so many days after `at` at which people are there: the closing time, of the next day that has one. Without hours,
 * midnight at the end of that day. Null: it does not open any more. Pure.
 */
export function closingAfterDays(place: OpenPlace, at: Instant, days: number): Instant | null {
  const day = dayOf(place, epochMs(at)) + days * DAY;
  if (place.hours === null) return instantOf(momentOf(place.zone, day + DAY));
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const last = openTimesOf(place, day + ahead * DAY).at(-1);
    if (last !== undefined) return instantOf(last.to);
  }
  return null;
}

function* openTimesFrom(place: OpenPlace, ms: number): Generator<OpenTime> {
  const first = dayOf(place, ms);
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) yield* openTimesOf(place, first + ahead * DAY);
}

/** The midnight that begins the day of a moment, as the wall clock shows it. */
function dayOf({ zone }: OpenPlace, ms: number): number {
  return Math.floor(wallMs(zone, ms) / DAY) * DAY;
}

function openTimesOf({ zone, hours }: OpenPlace, day: number): readonly OpenTime[] {
  const moment = (minutes: number): number => momentOf(zone, day + minutes * MINUTE);
  return spansOf(hours, day)
    .map(({ from, to }) => ({ from: moment(from), to: moment(to) }))
    .filter(({ from, to }) => from < to); // an hour the clocks skip is no opening time
}

function spansOf(hours: OpenPlace['hours'], day: number): readonly OpenSpan[] {
  const date = new Date(day);
  const name = date.toISOString().slice(0, 10);
  const exception = Object.hasOwn(hours?.exceptions ?? {}, name) ? hours?.exceptions[name] : undefined;
  return exception ?? hours?.week[(date.getUTCDay() + 6) % 7] ?? [];
}
