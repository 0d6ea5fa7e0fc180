import { epochMs, type Instant, instantOf } from '../domain/instant.js';
import { momentOf, wallMs } from '../mapping/functions/zone-time.js';

const DAY_MS = 86_400_000;

/** The instant at which the calendar day of a time zone began that contains the given instant. */
export function startOfDay(now: Instant, zone: string): Instant {
  const wall = wallMs(zone, epochMs(now));
  return instantOf(momentOf(zone, Math.floor(wall / DAY_MS) * DAY_MS));
}
