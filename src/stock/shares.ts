import type { Allocation } from '../domain/stock.js';
import type { StrictShare } from './allotment.js';
import type { ChannelShare } from './available.js';
import type { PlaceShare } from './place-units.js';

/** What a channel's configuration says about its stock. */
export interface StockRules {
  readonly allocation: Allocation;
  /** Units never offered. */
  readonly safetyStock: number;
  /** Locations it sells from; absent: all. */
  readonly locations?: readonly string[];
}

/** A channel with its rules, as the configuration lists them: the order decides who is served first. */
export interface RuledChannel {
  readonly id: string;
  readonly stock: StockRules;
}

/** Channels that share the units of the same locations strictly. */
export interface StrictPool {
  readonly shares: readonly StrictShare[];
  readonly locations?: readonly string[];
  /** The largest of its channels. */
  readonly safetyStock: number;
}

/**
 * How one channel shares in the stock, beside all others: units set aside for other channels (mode `reserve`; the one named first is served
 * first) and units in strict hands are not its to offer, where both sell from the same locations. Pure.
 */
export function shareOf(channels: readonly RuledChannel[], channel: RuledChannel): ChannelShare {
  const { aside, strict } = othersUnits(channels, channel, ({ stock }) => overlap(stock, channel.stock));
  return {
    channel: channel.id,
    ...channel.stock,
    ...(aside === 0 ? {} : { aside }),
    ...(strict.length === 0 ? {} : { strictBeside: strict }),
  };
}

/** How a channel shares in what lies at one of its places, whatever locations it sells its listings from. Pure. */
export function placeShareOf(
  channels: readonly RuledChannel[],
  channel: RuledChannel,
  locations: readonly string[],
): PlaceShare {
  const { locations: _own, ...stock } = channel.stock;
  const { locations: _place, ...share } = shareOf(channels, { ...channel, stock: { ...stock, locations } });
  const only = ({ stock: { locations: from } }: RuledChannel): boolean =>
    from?.every((location) => locations.includes(location)) ?? false;
  return { locations, share, here: othersUnits(channels, channel, only) };
}

/** Units set aside for some of the other channels, and which of these are strict. */
function othersUnits(
  channels: readonly RuledChannel[],
  channel: RuledChannel,
  counts: (other: RuledChannel) => boolean,
): { readonly aside: number; readonly strict: readonly string[] } {
  const own = channels.findIndex(({ id }) => id === channel.id);
  const reserving = channel.stock.allocation.mode === 'reserve';
  let aside = 0;
  const strict: string[] = [];
  for (const [at, other] of channels.entries()) {
    const { allocation } = other.stock;
    if (other.id === channel.id || !counts(other)) continue;
    if (allocation.mode === 'reserve' && (at < own || !reserving)) aside += allocation.units;
    if (allocation.mode === 'strict') strict.push(other.id);
  }
  return { aside, strict };
}

/** The strict pool a channel belongs to; null: it is not strict. Pure. */
export function strictPoolOf(channels: readonly RuledChannel[], channel: RuledChannel): StrictPool | null {
  if (channel.stock.allocation.mode !== 'strict') return null;
  const shares: StrictShare[] = [];
  let safetyStock = 0;
  for (const { id, stock } of channels) {
    if (stock.allocation.mode !== 'strict' || !overlap(stock, channel.stock)) continue;
    shares.push({ channel: id, percent: stock.allocation.percent });
    safetyStock = Math.max(safetyStock, stock.safetyStock);
  }
  const { locations } = channel.stock;
  return { shares, safetyStock, ...(locations === undefined ? {} : { locations }) };
}

/** Whether two channels sell from a common location. */
export function overlap(a: Pick<StockRules, 'locations'>, b: Pick<StockRules, 'locations'>): boolean {
  if (a.locations === undefined || b.locations === undefined) return true;
  return a.locations.some((location) => b.locations?.includes(location));
}
