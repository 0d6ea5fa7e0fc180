/**
 * A moment in time as normalised UTC text, `2026-11-24T09:30:00.000Z`, so that text order is time order.
 * Durations are numbers of milliseconds and carry the unit in their name (`againInMs`).
 */
export type Instant = string & { readonly __instant?: never };

/** The instant of a number of milliseconds since 1970. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** Milliseconds since 1970 of an instant. */
export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `ms` milliseconds after another one (before it, with a negative number). */
export function plusMs(instant: Instant, ms: number): Instant {
  return instantOf(epochMs(instant) + ms);
}

/**
 * Reads an ISO 8601 text with a zone (`2026-11-27T00:00+01:00`, `2026-11-27T00:00:00Z`), or nothing when the
 * text is no real calendar date. A text without a zone is refused: it does not name an instant.
 */
export function readInstant(text: string): Instant | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, year, month, day] = match;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > lastDay) return null;
  const ms = Date.parse(
    text
      .trim()
      .replace(' ', 'T')
      .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  );
  return Number.isNaN(ms) ? null : instantOf(ms);
}

/** Reads the time. Injected everywhere, so that tests and simulations decide what time it is. */
export interface Clock {
  /** The present instant. */
  now(): Instant;
  /** Milliseconds of a clock that never jumps, for durations. */
  monotonicMs(): number;
}
