import type { Host } from '../../src/channel/connector.js';
import type { TokenBucket } from '../../src/channel/throttle.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Resting } from './failures.js';
import type { LaneName, Usage } from './usage.js';

/** The pace of calls on one catalog. */
export interface Lanes {
  /** Waits for its turn; throws `throttled` with the remaining time when Meta has told the lane to rest. */
  enter(lane: LaneName, operation: string): Promise<void>;
  /** Takes in what an answer tells of the budgets. */
  heed(usage: ReadonlyMap<LaneName, Usage>): void;
  /** No call of the lane, or of both, for this long. */
  rest(which: Resting, ms: number): void;
}

/**
 * Calls per hour while nothing is known of the usage, and how many may come at once. Meta's budgets of a rolling hour start at 200 batch
 * calls and 20,000 others and grow with the shop's public (Marketing API "Rate limiting", verified 2026-11); other pages say 100.
 */
const PACE: Readonly<Record<LaneName, { readonly perHour: number; readonly burst: number }>> = {
  batch: { perHour: 100, burst: 100 },
  management: { perHour: 10_000, burst: 1_000 },
};

const FULL_PERCENT = 95;
const BUSY_PERCENT = 75;
const CALM_PERCENT = 50;
/** Usage is counted by the minute. */
const UNTOLD_REST_MS = 60_000;
/** A rest this short is waited for; a longer one is handed to the engine, so that no job sleeps through an hour. */
const SHORT_REST_MS = 1_000;

/** The lanes of a catalog. Everything of the channel that talks to the same catalog shares them. */
export function catalogLanes(catalogId: string, host: Host): Lanes {
  const bucketOf = (lane: LaneName): TokenBucket =>
    host.bucket(`meta-${lane}-${catalogId}`, {
      perSecond: PACE[lane].perHour / 3_600,
      burst: PACE[lane].burst,
    });
  const buckets: Readonly<Record<LaneName, TokenBucket>> = {
    batch: bucketOf('batch'),
    management: bucketOf('management'),
  };
  return {
    async enter(lane, operation) {
      const restMs = buckets[lane].restMs();
      if (restMs > SHORT_REST_MS) throw resting(operation, restMs);
      await buckets[lane].take(host.signal);
    },
    heed(usage) {
      for (const [lane, { percent, regainMs }] of usage) {
        buckets[lane].learn((paceAt(percent) * PACE[lane].perHour) / 3_600);
        if (regainMs > 0) buckets[lane].park(regainMs);
        else if (percent >= FULL_PERCENT) buckets[lane].park(UNTOLD_REST_MS);
      }
    },
    rest(which, ms) {
      const wait = ms > 0 ? ms : UNTOLD_REST_MS;
      for (const lane of ['batch', 'management'] as const)
        if (which === 'all' || which === lane) buckets[lane].park(wait);
    },
  };
}

/** How long to wait when Meta says "too many calls" without saying for how long. */
export function restOr(toldMs: number | undefined): number {
  return toldMs !== undefined && toldMs > 0 ? toldMs : UNTOLD_REST_MS;
}

/** Twice the cautious pace while Meta shows room, half of it when a budget nears its end. CPU and wall time count too. */
function paceAt(percent: number): number {
  if (percent >= BUSY_PERCENT) return 0.5;
  return percent >= CALM_PERCENT ? 1 : 2;
}

function resting(operation: string, restMs: number): ChannelError {
  return new ChannelError(`${operation} is not sent: Meta has asked for a rest`, {
    code: 'throttled',
    kind: 'throttled',
    owner: 'channel',
    advice: 'Meta asks us to slow down. Nothing to do; sending goes on by itself.',
    againInMs: Math.ceil(restMs),
  });
}
