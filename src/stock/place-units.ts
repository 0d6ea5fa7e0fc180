import { availableToPromise } from '../domain/stock.js';
import { onHandOf, type StockFacts } from './available.js';

/**
 * Units that may be offered at some locations: what is counted there, but never more than may be promised at all, because open orders
 * and safety stock belong to no location. Null: nobody counts the variant there, which is not zero.
 */
export function placeUnits(
  facts: StockFacts,
  locations: readonly string[],
  safetyStock: number,
): number | null {
  if (facts.tracked === false) return null;
  const here = facts.levels.filter((level) => locations.includes(level.location));
  if (here.length === 0) return null;
  const promised = availableToPromise(onHandOf(facts.levels), facts.reserved, safetyStock) ?? 0;
  return Math.max(0, Math.min(onHandOf(here) ?? 0, promised));
}
