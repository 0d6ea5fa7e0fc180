/** Counts calls of API keys in this process, minute by minute of its clock. */
export interface KeyPace {
  /** Whether one more call of a key is within its bound; it is counted. */
  takes(key: string, perMinute: number): boolean;
}

const MINUTE_MS = 60_000;

/** Counts on a clock. Keys are few; what was counted is forgotten with its minute. */
export function keyPace(now: () => number): KeyPace {
  let minute = Number.NaN;
  let counts = new Map<string, number>();
  return {
    takes(key, perMinute) {
      const current = Math.floor(now() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        counts = new Map();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= perMinute;
    },
  };
}
