import { OperatorError } from '../domain/errors.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { profitTerms } from './channel-profits.js';
import { channelSubjects } from './channel-subjects.js';
import { type Standing, standingsOf } from './competition.js';
import { type ListingProfit, listingProfit, type ProfitTerms } from './listing-profit.js';
import type { ProfitSettings } from './profit-settings.js';

/** The sum of one listing and what the channel said of its standing. */
export interface ExplainedProfit {
  /** Null: it cannot be worked out, and `problem` says why. */
  readonly listing: ListingProfit | null;
  readonly standing: Standing | null;
  /** What is wrong with the channel's fee file; it does not keep the rest of a listing from being explained. */
  readonly problem: string | null;
}

/** What one listing leaves, part by part; null: nobody said what the channel's prices contain, or it is not listed. */
export async function explainProfit(
  desk: ChannelDesk,
  settings: ProfitSettings | null,
  sku: string,
): Promise<ExplainedProfit | null> {
  if (settings === null) return null;
  const terms = await termsOrProblem(desk, settings);
  const standings = await standingsOf(desk.database, desk.kit.channel.id, [sku]);
  const standing = standings.get(sku) ?? null;
  if (terms instanceof OperatorError) return { listing: null, standing, problem: terms.message };
  for await (const [subject] of channelSubjects(desk, [sku]))
    if (subject) return { listing: listingProfit(subject, terms), standing, problem: null };
  return null;
}

async function termsOrProblem(
  desk: ChannelDesk,
  settings: ProfitSettings,
): Promise<ProfitTerms | OperatorError> {
  try {
    return await profitTerms(desk, settings);
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
}
