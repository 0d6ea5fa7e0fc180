import { type Instant, plusMs } from '../domain/instant.js';

/** The next instant at which a listing sent then is looked at again; null: the last look is over. Pure. */
export function lookAfter(
  sentAt: Instant | null,
  now: Instant,
  lookAgainMs: readonly number[] = [],
): Instant | null {
  if (sentAt === null) return null;
  return lookAgainMs.map((ms) => plusMs(sentAt, ms)).find((at) => at > now) ?? null;
}
