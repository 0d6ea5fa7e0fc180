import { type Instant, instantOf, readInstant } from '../../domain/instant.js';

/**
 * Reads the dates shop exports write: ISO 8601 with a zone, and without one `2026-11-27`, `2026-11-27 08:00:00` and
 * `11/27/26`. Without a zone the time is taken as UTC, because the file does not name another. Nothing when it is no
 * real date.
 */
export function readShopDate(text: string): Instant | null {
  const zoned = readInstant(text);
  if (zoned !== null) return zoned;
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/.exec(text.trim());
  if (iso !== null)
    return instantIn(
      iso.slice(1, 4).map(Number),
      iso.slice(4).map((part) => Number(part ?? 0)),
    );
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})(?:,? .*)?$/.exec(text.trim());
  if (american === null) return null;
  const [month = 0, day = 0, year = 0] = american.slice(1, 4).map(Number);
  return instantIn([year < 100 ? 2000 + year : year, month, day], []);
}

function instantIn(date: readonly number[], time: readonly number[]): Instant | null {
  const [year = 0, month = 0, day = 0] = date;
  const [hour = 0, minute = 0, second = 0] = time;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? instantOf(ms) : null;
}
