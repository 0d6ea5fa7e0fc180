import { OperatorError } from '../domain/errors.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { channelSubjects } from './channel-subjects.js';
import { readFeeFile } from './fee-file.js';
import { type ListingProfit, listingProfit, type ProfitTerms } from './listing-profit.js';
import type { ProfitSettings } from './profit-settings.js';

/** Which listings, and who is told how far it is. */
export interface ProfitWalk {
  /** Null: all. */
  readonly skus: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Told after every page how many listings were worked out. */
  onPage?(listings: number): void;
}

/** What is known of a channel's charges now. Reads the fee file; throws `no_profit_settings` or what is wrong with the file. */
export async function profitTerms(desk: ChannelDesk, settings: ProfitSettings | null): Promise<ProfitTerms> {
  const { channel } = desk.kit;
  if (settings === null)
    throw new OperatorError(
      'no_profit_settings',
      `Channel "${channel.id}" does not say what its prices contain`,
      'Add `profit: { prices: net, shipping: 0 }` to the channel, or `prices: gross` with `taxPercent`; the README shows fee files.',
    );
  return {
    taxPercent: settings.taxPercent,
    shipping: settings.shipping,
    schedule: settings.fees === null ? null : await readFeeFile(settings.fees, channel.currency),
    canEstimate: desk.open.fees !== undefined,
    channelShips: (fulfilledBy) => desk.open.fees?.channelShips(fulfilledBy) === true,
    day: calendarDay(desk.clock.now(), channel.zone),
  };
}

/** The day it is in a zone, `2026-11-25`. */
export function calendarDay(now: string, zone: string): string {
  const part = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...part }).format(new Date(now));
}

/** Works out the profit of every listing of a channel, as the catalog stands now. Throws `not_listed` for a SKU that is not. */
export async function channelProfits(
  desk: ChannelDesk,
  terms: ProfitTerms,
  walk: ProfitWalk,
): Promise<ListingProfit[]> {
  const profits: ListingProfit[] = [];
  for await (const page of channelSubjects(desk, walk.skus)) {
    walk.signal.throwIfAborted();
    for (const subject of page) profits.push(listingProfit(subject, terms));
    walk.onPage?.(profits.length);
  }
  const found = new Set(profits.map(({ sku }) => sku));
  const lacking = (walk.skus ?? []).filter((sku) => !found.has(sku));
  if (lacking.length > 0) throw notListed(desk.kit.channel.id, lacking);
  return profits;
}

function notListed(channel: string, skus: readonly string[]): OperatorError {
  return new OperatorError(
    'not_listed',
    `Not listed on ${channel}: ${skus.join(', ')}`,
    `\`omnifeed explain ${channel} ${skus[0]}\` says why.`,
  );
}
