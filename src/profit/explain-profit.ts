import type { ChannelDesk } from '../sync/channel-desk.js';
import { profitTerms } from './channel-profits.js';
import { channelSubjects } from './channel-subjects.js';
import { type Standing, standingsOf } from './competition.js';
import { type ListingProfit, listingProfit } from './listing-profit.js';
import type { ProfitSettings } from './profit-settings.js';

/** The sum of one listing and what the channel said of its standing. */
export interface ExplainedProfit {
  readonly listing: ListingProfit;
  readonly standing: Standing | null;
}

/** What one listing leaves, part by part; null: nobody said what the channel's prices contain, or it is not listed. */
export async function explainProfit(
  desk: ChannelDesk,
  settings: ProfitSettings | null,
  sku: string,
): Promise<ExplainedProfit | null> {
  if (settings === null) return null;
  const terms = await profitTerms(desk, settings);
  const standings = await standingsOf(desk.database, desk.kit.channel.id, [sku]);
  for await (const [subject] of channelSubjects(desk, [sku]))
    if (subject) return { listing: listingProfit(subject, terms), standing: standings.get(sku) ?? null };
  return null;
}
