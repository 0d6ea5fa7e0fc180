import { OperatorError } from '../../domain/errors.js';

const QUARTER_HOUR_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const MAX_KEPT = 10_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset in milliseconds by quarter hour: clocks change on quarter hours only, and asking costs 8 µs. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** Milliseconds by which the wall clock of an IANA time zone is ahead of UTC at a moment. */
export function offsetMs(zone: string, epochMs: number): number {
  const { format, offsets } = zoneOf(zone);
  const quarter = Math.floor(epochMs / QUARTER_HOUR_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = readOffset(format, quarter * QUARTER_HOUR_MS);
  if (offsets.size >= MAX_KEPT) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

/** What the wall clock shows, as if it were UTC: `new Date(wallMs(…)).getUTCHours()` is the local hour. */
export function wallMs(zone: string, epochMs: number): number {
  return epochMs + offsetMs(zone, epochMs);
}

/**
 * The moment at which a wall clock shows this. When the hour happens twice it is the first one; when clocks skip it, the
 * moment is moved forward by what they skip.
 */
export function momentOf(zone: string, wall: number): number {
  const before = offsetMs(zone, wall - DAY_MS);
  const after = offsetMs(zone, wall + DAY_MS);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (wallMs(zone, early) === wall) return early;
  return wallMs(zone, late) === wall ? late : wall - before;
}

function zoneOf(zone: string): Zone {
  const known = zones.get(zone);
  if (known) return known;
  const made = { format: formatOf(zone), offsets: new Map<number, number>() };
  zones.set(zone, made);
  return made;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw new OperatorError(
      'unknown_time_zone',
      `"${zone}" is not a time zone`,
      "Set the channel's time zone to an IANA name such as Europe/Berlin.",
      cause,
    );
  }
}

function readOffset(format: Intl.DateTimeFormat, epochMs: number): number {
  const name = format.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /([+-])(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(name);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -seconds : seconds) * 1000;
}
