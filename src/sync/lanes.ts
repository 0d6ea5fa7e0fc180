import { type BulkLimits, DOCUMENT_REFUSED } from '../channel/bulk-limits.js';
import type { ListingRecord } from './listing-record.js';
import type { PlanEntry, PlanSummary } from './plan.js';

/** How changes travel: one by one, or as a document of many (`bulk`), where the channel has such a lane. */
export type Lane = 'single' | 'bulk';

/**
 * Whether what is due goes as documents: more of it than the channel's own threshold. Removals and what guards hold back do not count,
 * for they never go into one. Pure.
 */
export function isLoad({ facts }: PlanSummary, limits: BulkLimits | undefined): boolean {
  return limits !== undefined && facts.changes - facts.removals - facts.priceHolds > limits.above;
}

/**
 * The lane of one change during a load. What must not wait for hours (removals, stock that fell to zero) goes by itself, and so does
 * what a document was refused with. Pure.
 */
export function laneOf(record: Pick<ListingRecord, 'urgent' | 'retry_code'>, entry: PlanEntry): Lane {
  const alone = entry.action === 'remove' || record.urgent === 1 || record.retry_code === DOCUMENT_REFUSED;
  return alone ? 'single' : 'bulk';
}
