const FIRST_MS = 1_000;

/** The longest we wait before trying again by ourselves. */
export const LONGEST_BACKOFF_MS = 15 * 60_000;

/** How long to wait: full jitter below a limit that doubles with every attempt, from 1 s for none to 15 min. `random` in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  return random * Math.min(LONGEST_BACKOFF_MS, FIRST_MS * 2 ** Math.min(attempts, 20));
}
