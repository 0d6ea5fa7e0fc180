import { InvariantError } from '../domain/errors.js';
import type { ListingProfit } from './listing-profit.js';

/** Numbers over all listings of a channel; known + unknown = listings. */
export interface ProfitTotals {
  readonly listings: number;
  readonly known: number;
  readonly unknown: number;
  /** Of the known: those that lose money. */
  readonly losing: number;
  /** Of the known: those under the margin asked for; null: none was. */
  readonly below: number | null;
  /** Unknown listings by the first part that is missing: they add up to `unknown`. */
  readonly missing: Readonly<Record<string, number>>;
  readonly fromEstimates: number;
  readonly fromSchedule: number;
}

/** Listings to show, worst first, and the totals over all of them. */
export interface ProfitReport {
  readonly rows: readonly ListingProfit[];
  readonly totals: ProfitTotals;
}

/**
 * Sorts listings worst first (by margin, then profit; unknown ones last) and counts them. With `belowPercent` only known ones under that
 * margin are rows; the totals stay whole. Throws InvariantError when the numbers do not add up. Pure.
 */
export function profitReport(
  profits: readonly ListingProfit[],
  belowPercent: number | null,
  listings: number = profits.length,
): ProfitReport {
  const known = profits.filter(({ profit }) => profit !== null);
  const unknown = profits.filter(({ gaps }) => gaps.length > 0);
  const missing: Record<string, number> = {};
  for (const { gaps } of unknown) {
    const part = gaps[0]?.part ?? '';
    missing[part] = (missing[part] ?? 0) + 1;
  }
  if (known.length + unknown.length !== listings)
    throw new InvariantError(
      `${listings} listings, but ${known.length} with a profit and ${unknown.length} without`,
    );
  const below = belowPercent === null ? known : known.filter((row) => isBelow(row, belowPercent));
  const rows = belowPercent === null ? profits : below;
  return {
    rows: [...rows].sort(worstFirst),
    totals: {
      listings,
      known: known.length,
      unknown: unknown.length,
      losing: known.filter(({ profit }) => (profit?.minor ?? 0) < 0).length,
      below: belowPercent === null ? null : below.length,
      missing,
      fromEstimates: profits.filter(({ fees }) => fees?.source === 'estimate').length,
      fromSchedule: profits.filter(({ fees }) => fees?.source === 'schedule').length,
    },
  };
}

/** A price of zero has no margin, and is below any when it loses money. */
function isBelow({ marginPercent, profit }: ListingProfit, percent: number): boolean {
  return marginPercent === null ? (profit?.minor ?? 0) < 0 : marginPercent < percent;
}

function worstFirst(a: ListingProfit, b: ListingProfit): number {
  return (
    Number(a.profit === null) - Number(b.profit === null) ||
    margin(a) - margin(b) ||
    (a.profit?.minor ?? 0) - (b.profit?.minor ?? 0) ||
    (a.sku < b.sku ? -1 : 1)
  );
}

function margin({ marginPercent, profit }: ListingProfit): number {
  return marginPercent ?? Math.sign(profit?.minor ?? 0) * Number.MAX_SAFE_INTEGER;
}
