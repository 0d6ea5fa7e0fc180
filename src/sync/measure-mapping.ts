import { setImmediate as nextTurn } from 'node:timers/promises';
import { OperatorError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { LIMITS } from '../mapping/limits.js';
import { startOfDay } from './calendar-day.js';
import { type ListingKit, type ListingRow, mapRow } from './desired.js';

/** Rows between two looks at the clock; the process answers others in between. */
const SLICE = 25;

/** What working listings out costs. */
export interface MappingCost {
  /** Listings worked out for it; fewer than `LIMITS.measuredListings` when the time was used up before. */
  readonly measured: number;
  /** Milliseconds of one listing. */
  readonly averageMs: number;
}

/**
 * Measures what a mapping costs on real rows, again and again from the first one until enough are measured, so that few rows of a
 * cold process do not decide. Gives up once the whole allowance is used. Null without a row to measure on.
 */
export async function measureMapping(
  kit: Pick<ListingKit, 'mapping' | 'connector' | 'channel'>,
  rows: readonly ListingRow[],
  clock: Clock,
): Promise<MappingCost | null> {
  const listable = rows.filter((row) => row.unlistable === null);
  if (listable.length === 0) return null;
  const today = startOfDay(clock.now(), kit.channel.zone);
  const allowedMs = LIMITS.measuredListings * LIMITS.averageMs;
  let spentMs = 0;
  let measured = 0;
  while (measured < LIMITS.measuredListings && spentMs <= allowedMs) {
    const begunMs = clock.monotonicMs();
    for (let n = 0; n < SLICE; n++, measured++) {
      const row = listable[measured % listable.length];
      if (row !== undefined) mapRow(row, kit, today);
    }
    spentMs += clock.monotonicMs() - begunMs;
    await nextTurn();
  }
  return { measured, averageMs: spentMs / measured };
}

/** Whether a mapping costs more than it may. */
export function isTooSlow(cost: MappingCost | null): boolean {
  return cost !== null && cost.averageMs > LIMITS.averageMs;
}

/** Refuses a mapping that would make every pass take hours: throws `mapping_too_slow`; nothing is changed, what is live stays live. */
export function refuseSlow(channel: string, cost: MappingCost | null): void {
  if (cost === null || !isTooSlow(cost)) return;
  throw new OperatorError(
    'mapping_too_slow',
    `The mapping of channel "${channel}" takes ${cost.averageMs.toFixed(1)} ms per variant (measured on ${cost.measured}); ${LIMITS.averageMs} ms are allowed`,
    'Make loops and text operations in the mapping smaller. Nothing was changed; what is live stays live.',
  );
}
