import { GoogleRefusal } from './google-error.js';

/** Counts calls per minute and per day. */
export interface Quota {
  /** Throws the 429 when a limit is reached. */
  spend(): void;
  set(limits: { readonly perMinute?: number; readonly perDay?: number }): void;
}

const MINUTE_MS = 60_000;

/** Generous limits at first; `set` tightens them. Daily counts start again at 12:00 UTC. */
export function callQuota(now: () => number): Quota {
  let perMinute = 60_000;
  let perDay = 10_000_000;
  let minute = { from: 0, used: 0 };
  let day = { number: -1, used: 0 };

  return {
    spend() {
      if (now() - minute.from >= MINUTE_MS) minute = { from: now(), used: 0 };
      const number = Math.floor((now() - 12 * 60 * MINUTE_MS) / (24 * 60 * MINUTE_MS));
      if (number !== day.number) day = { number, used: 0 };
      if (day.used >= perDay) {
        throw new GoogleRefusal(429, 'Quota exceeded: quota/daily_limit_exceeded', {
          REASON: 'QUOTA_DAILY_LIMIT_EXCEEDED',
        });
      }
      if (minute.used >= perMinute) {
        throw new GoogleRefusal(429, 'Quota exceeded: quota/request_rate_too_high', {
          REASON: 'QUOTA_REQUEST_RATE_TOO_HIGH',
        });
      }
      minute.used += 1;
      day.used += 1;
    },
    set(limits) {
      perMinute = limits.perMinute ?? perMinute;
      perDay = limits.perDay ?? perDay;
      minute = { from: 0, used: 0 };
    },
  };
}
