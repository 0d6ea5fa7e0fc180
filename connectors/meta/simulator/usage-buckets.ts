import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { graphError } from './graph-error.js';

/** The two budgets of a catalog. */
export type Bucket = 'catalog_batch' | 'catalog_management';

/** Calls counted over a rolling hour. */
export interface UsageBuckets {
  /** Counts a call; percent of the budget used with it, over 100 when it is one too many. */
  count(bucket: Bucket): number;
  /** Counts nothing. */
  percent(bucket: Bucket): number;
}

/** What a shop without an audience has (Marketing API "Rate limiting", read 2026-11). */
const PER_HOUR: Readonly<Record<Bucket, number>> = { catalog_batch: 200, catalog_management: 20_000 };
const CODES: Readonly<Record<Bucket, readonly [code: number, message: string]>> = {
  catalog_batch: [80_014, 'There have been too many calls for the batch uploads to this catalog account.'],
  catalog_management: [80_009, 'There have been too many calls to this catalog account.'],
};
const HOUR_MS = 3_600_000;

/** Empty buckets on a clock. */
export function usageBuckets(nowMs: () => number): UsageBuckets {
  const calls: Record<Bucket, number[]> = { catalog_batch: [], catalog_management: [] };
  const percent = (bucket: Bucket): number => {
    const times = calls[bucket];
    const since = nowMs() - HOUR_MS;
    const old = times.findIndex((at) => at > since);
    if (old !== 0) times.splice(0, old < 0 ? times.length : old);
    return (times.length * 100) / PER_HOUR[bucket];
  };
  return {
    percent,
    count(bucket) {
      calls[bucket].push(nowMs());
      return percent(bucket);
    },
  };
}

/** The headers of every answer: how much of the catalog's budget and of the app's is used. */
export function usageHeaders(
  catalogId: string,
  bucket: Bucket,
  used: { readonly percent: number; readonly minutes: number },
): Record<string, string> {
  const budget = {
    type: bucket,
    call_count: Math.min(Math.ceil(used.percent), 100),
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: used.minutes,
  };
  return {
    'x-business-use-case-usage': JSON.stringify({ [catalogId]: [budget] }),
    'x-app-usage': JSON.stringify({ call_count: 1, total_cputime: 1, total_time: 1 }),
  };
}

/** "Too many calls" as Meta says it: a 400 with a code, the wait in minutes in a header. */
export function throttledReply(catalogId: string, bucket: Bucket, minutes: number): SimulatorReply {
  const [code, message] = CODES[bucket];
  return {
    ...graphError(400, code, message),
    headers: usageHeaders(catalogId, bucket, { percent: 100, minutes }),
  };
}
