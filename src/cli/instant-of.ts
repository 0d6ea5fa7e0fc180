import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';

const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** An instant given on the command line; a day alone means its end in UTC, of today what is now. Throws `bad_instant`. */
export function instantOf(text: string, now: Instant): Instant {
  const whole = text.includes('T') ? text : `${text}T23:59:59.999Z`;
  const parsed = WRITTEN.test(text) ? new Date(whole) : null;
  if (parsed !== null && !Number.isNaN(parsed.getTime()) && isDay(text)) {
    const at = parsed.toISOString();
    return text === now.slice(0, 10) ? now : at;
  }
  throw new OperatorError(
    'bad_instant',
    `"${text}" is not a day or a moment`,
    'Write 2026-11-20 or 2026-11-20T14:00:00Z.',
  );
}

/** JavaScript takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
