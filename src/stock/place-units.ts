import { unitsHeld } from './allotment.js';
import {
  type ChannelShare,
  type CountedFacts,
  channelStock,
  onHandOf,
  type StockFacts,
  setsByLocation,
} from './available.js';
import { setsOf } from './bundle.js';

/** How a channel shares in what lies at one of its places. */
export interface PlaceShare {
  /** Locations that are the place. */
  readonly locations: readonly string[];
  /** Of all units, wherever they are, beside channels that sell from the place. */
  readonly share: ChannelShare;
  /** Set aside for channels that sell from nowhere else, and strict channels that do: their units lie there. */
  readonly here: { readonly aside: number; readonly strict: readonly string[] };
}

/**
 * Units that may be offered at a place: what is counted there less what other channels have there alone, but never more than the channel may offer of
 * all, because open orders, safety stock and most that belongs to others lie at no location in particular. Of a bundle: how often it can be put together
 * there. Null: nobody counts the variant there, which is not zero.
 */
export function placeUnits(facts: StockFacts, place: PlaceShare): number | null {
  const { bundle } = facts;
  if (bundle === undefined) return countedUnits(facts, place);
  const counted = bundle.parts.filter((part) => part.facts.tracked !== false);
  if (bundle.broken !== null) return 0;
  if (counted.length === 0) return null;
  const units = new Map(counted.map((part) => [part.sku, countedUnits(part.facts, place)]));
  if ([...units.values()].includes(null)) return null;
  const sets = setsByLocation(counted, place.locations).reduce((sum, each) => sum + each.sets, 0);
  const offered = channelStock(facts, place.share).available ?? 0;
  return Math.min(sets, offered, setsOf(counted, (sku) => units.get(sku) ?? 0) ?? 0);
}

function countedUnits(facts: CountedFacts, { locations, share, here }: PlaceShare): number | null {
  if (facts.tracked === false) return null;
  const levels = facts.levels.filter((level) => locations.includes(level.location));
  if (levels.length === 0) return null;
  const held = unitsHeld((facts.allotments ?? []).filter(({ channel }) => here.strict.includes(channel)));
  const free = (onHandOf(levels) ?? 0) - here.aside - held;
  return Math.max(0, Math.min(free, channelStock(facts, share).available ?? 0));
}
