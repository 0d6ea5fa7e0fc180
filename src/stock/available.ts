import type { Money } from '../domain/money.js';
import type { Component, StockPolicy } from '../domain/product.js';
import { type Allocation, allocated, availableToPromise, type ChannelStock } from '../domain/stock.js';
import { type Allotment, unitsHeld, unitsLeft } from './allotment.js';
import { setsOf } from './bundle.js';

/** Units counted at one location, as the catalog keeps them. */
export interface StockLevel {
  readonly location: string;
  readonly onHand: number;
}

/** What is known of the stock of a variant that is counted itself: the counts, the units promised to open orders, and the offer's rules. */
export interface CountedFacts {
  /** Counts per location; empty: nobody counts this variant. */
  readonly levels: readonly StockLevel[];
  /** Units of open orders, of all channels. */
  readonly reserved: number;
  readonly tracked?: boolean;
  readonly policy?: StockPolicy;
  readonly leadDays?: number;
  readonly restockAt?: string;
  /** Units in the hands of strict channels; absent: none are. */
  readonly allotments?: readonly Allotment[];
}

/** What a bundle is made of, with what is known of each component; `broken`: why it cannot be put together, null: it can. */
export interface BundleFacts {
  readonly parts: readonly (Component & { readonly facts: CountedFacts; readonly cost?: Money })[];
  readonly broken: string | null;
}

/** All that is known of a variant's stock. Of a bundle, only its components are counted: it has no levels. */
export interface StockFacts extends CountedFacts {
  readonly bundle?: BundleFacts;
}

/** How one channel shares in the stock. */
export interface ChannelShare {
  /** The operator's name of the channel. */
  readonly channel: string;
  readonly allocation: Allocation;
  /** Units never offered, on any location. */
  readonly safetyStock: number;
  /** Locations this channel sells from. Absent: all of them. */
  readonly locations?: readonly string[];
  /** Units set aside for other channels. */
  readonly aside?: number;
  /** Strict channels that sell from the same locations: what they hold is theirs alone. */
  readonly strictBeside?: readonly string[];
}

/** Everything to everybody: the share of a channel that says nothing about stock. */
export function openShare(channel: string): ChannelShare {
  return { channel, allocation: { mode: 'shared' }, safetyStock: 0 };
}

/**
 * Stock of one variant as one channel may offer it. A variant that nobody counts has no `available`; one that the
 * merchant does not track (`tracked: false`) has none either, and is always on sale.
 *
 * A bundle can be offered as often as it can be put together: from what the channel may offer of each component, and out of what lies at one location,
 * because it leaves from there. One that cannot be put together is not offered. Nor is one by a strict channel: its units would have to be its own,
 * and those of components are given away one by one.
 */
export function channelStock(facts: StockFacts, share: ChannelShare): ChannelStock {
  return facts.bundle === undefined
    ? countedStock(facts, share)
    : bundleStock(facts.bundle, rulesOf(facts), share);
}

function bundleStock(bundle: BundleFacts, rules: ChannelStock, share: ChannelShare): ChannelStock {
  const { tracked: _own, ...own } = rules;
  if (bundle.broken !== null || share.allocation.mode === 'strict') return { ...own, available: 0 };
  const counted = bundle.parts.filter(({ facts }) => facts.tracked !== false);
  if (counted.length === 0) return { ...own, tracked: false };
  const offers = new Map(counted.map(({ sku, facts }) => [sku, countedStock(facts, share).available]));
  if ([...offers.values()].includes(undefined)) return own;
  const locations = setsByLocation(counted, share.locations);
  const together = locations.reduce((sum, { sets }) => sum + sets, 0);
  const available = Math.min(together, setsOf(counted, (sku) => offers.get(sku) ?? 0) ?? 0);
  return {
    ...own,
    available,
    locations: locations.map(({ location, sets }) => ({
      id: location,
      name: location,
      available: Math.min(sets, available),
    })),
  };
}

/** How often a bundle can be put together at each location that counts any of it. What is not counted there is elsewhere. Pure. */
export function setsByLocation(
  parts: BundleFacts['parts'],
  only?: readonly string[],
): readonly { readonly location: string; readonly sets: number }[] {
  const counted = parts.filter(({ facts }) => facts.tracked !== false);
  const names = [...new Set(counted.flatMap(({ facts }) => facts.levels.map(({ location }) => location)))];
  const levels = new Map(counted.map(({ sku, facts }) => [sku, facts.levels]));
  return names
    .filter((location) => only?.includes(location) ?? true)
    .sort()
    .map((location) => ({
      location,
      sets:
        setsOf(
          counted,
          (sku) => levels.get(sku)?.find((level) => level.location === location)?.onHand ?? 0,
        ) ?? 0,
    }));
}

function countedStock(facts: CountedFacts, share: ChannelShare): ChannelStock {
  const rules = rulesOf(facts);
  if (facts.tracked === false) return { ...rules, tracked: false };
  const levels = share.locations
    ? facts.levels.filter((level) => share.locations?.includes(level.location))
    : facts.levels;
  if (levels.length === 0) return rules;
  const available = offered(facts, levels, share);
  if (available === null) return rules;
  return {
    ...rules,
    available,
    locations: levels.map(({ location, onHand }) => ({
      id: location,
      name: location,
      available: Math.max(0, Math.min(onHand, available)),
    })),
  };
}

function offered(facts: CountedFacts, levels: readonly StockLevel[], share: ChannelShare): number | null {
  const { allocation, channel, strictBeside = [] } = share;
  if (allocation.mode === 'strict') {
    const own = facts.allotments?.find((allotment) => allotment.channel === channel);
    return own === undefined || own.state !== 'open' ? 0 : unitsLeft(own);
  }
  const strict = facts.allotments?.filter((allotment) => strictBeside.includes(allotment.channel)) ?? [];
  const taken = (share.aside ?? 0) + unitsHeld(strict);
  const promised = availableToPromise(onHandOf(levels), facts.reserved, share.safetyStock + taken);
  return allocated(promised, allocation, channel);
}

/**
 * Units of all variants of a product that one channel may sell, each after the channel's share. Nothing when no variant is counted;
 * a variant that is not tracked adds nothing, because it has no number.
 */
export function productAvailable(variants: readonly StockFacts[], share: ChannelShare): number | null {
  let sum: number | null = null;
  for (const facts of variants) {
    const { available } = channelStock(facts, share);
    if (available !== undefined) sum = (sum ?? 0) + available;
  }
  return sum;
}

/** Units over all locations; nothing when no location counts. A count below zero (oversold) lowers the sum. */
export function onHandOf(levels: readonly StockLevel[]): number | null {
  if (levels.length === 0) return null;
  let sum = 0;
  for (const level of levels) sum += level.onHand;
  return sum;
}

function rulesOf(facts: CountedFacts): ChannelStock {
  return {
    ...(facts.leadDays === undefined ? {} : { leadDays: facts.leadDays }),
    ...(facts.policy === undefined ? {} : { policy: facts.policy }),
    ...(facts.restockAt === undefined ? {} : { restockAt: facts.restockAt }),
    ...(facts.tracked === undefined ? {} : { tracked: facts.tracked }),
  };
}
