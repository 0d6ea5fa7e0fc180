import { epochMs, instantOf } from '../../domain/instant.js';
import { type Argument, asNumber, asText } from './arguments.js';
import { isBlankText } from './blank.js';
import { readLayout } from './date-layout.js';
import { BadData, type FunctionDefinition } from './definition.js';
import { momentOf, offsetMs, wallMs } from './zone-time.js';

const group = 'Dates and times';
const DAY_MS = 24 * 60 * 60_000;

/** Dates as people of the channel's time zone see them. There is no clock: `today` is a value like any other. */
export const DATES: readonly FunctionDefinition[] = [
  {
    name: 'date',
    group,
    signatures: ['date(timestamp): string'],
    doc: "the calendar day in the channel's time zone",
    example: { source: 'date(variant.saleFrom)', result: '"2026-11-27"' },
    prepare: () => (context, instant) => wallText(context.zone, momentArgument(instant)).slice(0, 10),
  },
  {
    name: 'dateTime',
    group,
    signatures: ['dateTime(timestamp): string'],
    doc: "date, time and offset in the channel's time zone, to the minute",
    example: { source: 'dateTime(variant.saleFrom)', result: '"2026-11-27T00:00+01:00"' },
    prepare: () => (context, instant) => dateTimeText(context.zone, momentArgument(instant)),
  },
  {
    name: 'interval',
    group,
    signatures: ['interval(timestamp, timestamp): string'],
    doc: '"start/end" as Google and Meta want a sale window; nothing unless both are there and in order',
    example: {
      source: 'interval(variant.saleFrom, variant.saleTo)',
      result: '"2026-11-27T00:00+01:00/2026-12-01T00:00+01:00"',
    },
    prepare: () => (context, start, end) => {
      const [from, to] = [momentArgument(start), momentArgument(end)];
      if (from >= to) throw new BadData('the end is not after the start', 'the end is not after the start');
      return `${dateTimeText(context.zone, from)}/${dateTimeText(context.zone, to)}`;
    },
  },
  {
    name: 'readDate',
    group,
    signatures: ['readDate(string, string): timestamp'],
    doc: "reads a date in a given layout (yyyy MM dd HH mm) in the channel's time zone",
    example: { source: 'date(readDate("27.11.2026", "dd.MM.yyyy"))', result: '"2026-11-27"' },
    prepare: () => (context, text, layout) => {
      if (isBlankText(asText(text))) return null;
      return instantOf(momentOf(context.zone, readLayout(asText(text), asText(layout))));
    },
  },
  {
    name: 'addDays',
    group,
    signatures: ['addDays(timestamp, int): timestamp'],
    doc: 'days later (earlier with a minus)',
    example: { source: 'date(addDays(variant.saleFrom, 3))', result: '"2026-11-30"' },
    prepare: () => (context, instant, days) => {
      // Midnight stays midnight over a change of the clocks.
      const wall = wallMs(context.zone, momentArgument(instant)) + asNumber(days) * DAY_MS;
      if (!(Math.abs(wall) < MAX_MOMENT)) throw tooFar();
      return instantOf(momentOf(context.zone, wall));
    },
  },
  {
    name: 'daysBetween',
    group,
    signatures: ['daysBetween(timestamp, timestamp): int'],
    doc: 'whole days from the first to the second',
    example: { source: 'daysBetween(variant.saleFrom, variant.saleTo)', result: '4' },
    prepare: () => (context, start, end) => {
      const [from, to] = [momentArgument(start), momentArgument(end)];
      const days = Math.trunc((wallMs(context.zone, to) - wallMs(context.zone, from)) / DAY_MS);
      return days === 0 ? 0 : days;
    },
  },
  {
    name: 'weekday',
    group,
    signatures: ['weekday(timestamp): int'],
    doc: "1 = Monday to 7 = Sunday in the channel's time zone",
    example: { source: 'weekday(variant.saleFrom)', result: '5' },
    prepare: () => (context, instant) => {
      const day = new Date(wallMs(context.zone, momentArgument(instant))).getUTCDay();
      return day === 0 ? 7 : day;
    },
  },
];

// The last day with a four-digit year: what channels can read.
const MAX_MOMENT = Date.UTC(9999, 11, 31);

function momentArgument(value: Argument): number {
  const moment = epochMs(asText(value));
  if (Number.isNaN(moment)) {
    throw new BadData(`"${asText(value)}" is not a point in time`, '"…" is not a point in time');
  }
  if (Math.abs(moment) >= MAX_MOMENT) throw tooFar();
  return moment;
}

function wallText(zone: string, moment: number): string {
  return new Date(wallMs(zone, moment)).toISOString();
}

function dateTimeText(zone: string, moment: number): string {
  const minutes = Math.round(offsetMs(zone, moment) / 60_000);
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  const rest = String(Math.abs(minutes) % 60).padStart(2, '0');
  return `${wallText(zone, moment).slice(0, 16)}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

function tooFar(): BadData {
  return new BadData('the date is too far away', 'the date is too far away');
}
