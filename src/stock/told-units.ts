import { type ChannelShare, channelStock, type StockFacts } from './available.js';

/**
 * Units a shop should show at each of some locations: what is counted there, and together never more than the channel may offer of them all. Open orders,
 * safety stock and what others have lie at no location in particular: they are taken off the last one first. A location nobody counts the variant at is
 * left out, and a variant that is not counted at all has none: that is not zero. Pure.
 */
export function toldUnits(
  facts: StockFacts,
  share: ChannelShare,
  locations: readonly string[],
): ReadonlyMap<string, number> {
  const offered = channelStock(facts, { ...share, locations });
  let left = offered.available ?? 0;
  const told = new Map<string, number>();
  for (const id of locations) {
    const there = offered.locations?.find((each) => each.id === id);
    if (there === undefined) continue;
    const units = Math.max(0, Math.min(there.available, left));
    told.set(id, units);
    left -= units;
  }
  return told;
}
