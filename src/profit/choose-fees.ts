import type { Instant } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import { type KeptEstimate, misfit } from './fee-estimate.js';
import {
  type FeeLine,
  type FeeQuestion,
  type FeeSchedule,
  ruledAmount,
  scheduledFees,
} from './fee-schedule.js';

/** What a channel takes for one unit, and who says so. */
export interface KnownFees {
  readonly total: Money;
  readonly lines: readonly FeeLine[];
  readonly source: 'estimate' | 'schedule';
  /** When the channel was asked; null for a schedule. */
  readonly at: Instant | null;
  /** The channel ships, and the fees contain what it takes for that. */
  readonly channelShips: boolean;
}

/** The fees, or why they are not known; and what else there was to go by. */
export interface FeeChoice {
  readonly fees: KnownFees | null;
  /** Why the fees are unknown; null when they are known. */
  readonly why: string | null;
  /** What the reader should know of the other source; null: nothing. */
  readonly note: string | null;
}

/** What the fees of a listing are taken from. */
export interface FeeSources {
  readonly question: FeeQuestion;
  /** Who ships the listing, in the channel's own word; null: not told. */
  readonly fulfilledBy: string | null;
  readonly schedule: FeeSchedule | null;
  readonly estimate: KeptEstimate | null;
  /** The channel can be asked for estimates. */
  readonly canEstimate: boolean;
}

/** The channel's own estimate goes before the schedule, as long as it was made for the listing as it is. Pure. */
export function chooseFees(sources: FeeSources): FeeChoice {
  const { question, estimate, schedule, fulfilledBy, canEstimate } = sources;
  const unfit = estimate === null ? null : misfit(estimate, { price: question.price, fulfilledBy });
  if (estimate !== null && unfit === null && estimate.outcome === 'estimated') {
    const { total, lines, at, channelShips } = estimate;
    const note = schedule === null ? null : 'the channel’s estimate goes before the fee schedule';
    return { fees: { total, lines, source: 'estimate', at, channelShips }, why: null, note };
  }
  if (schedule !== null) return { ...fromSchedule(schedule, question), note: unfit };
  const ask = canEstimate ? 'ask the channel with --refresh, or ' : '';
  return {
    fees: null,
    why: `${unfit ?? 'nobody says what the channel takes'}; ${ask}write a fee file (\`profit.fees\`)`,
    note: null,
  };
}

function fromSchedule(schedule: FeeSchedule, question: FeeQuestion): Omit<FeeChoice, 'note'> {
  const { price } = question;
  if (price.currency !== schedule.currency)
    return { fees: null, why: `the fee file is in ${schedule.currency}, the price in ${price.currency}` };
  const { lines, missing } = scheduledFees(schedule, question);
  if (missing.length > 0)
    return { fees: null, why: `no rule of the fee file fits for ${missing.join(', ')} on ${question.day}` };
  const minor = lines.reduce((sum, { amount }) => sum + amount.minor, 0);
  const total = { minor, currency: price.currency };
  return { fees: { total, lines, source: 'schedule', at: null, channelShips: false }, why: null };
}

/** What sending a unit costs, by the schedule's rules first, else the flat amount; null: nobody says. Pure. */
export function shippingCost(
  schedule: FeeSchedule | null,
  question: FeeQuestion,
  flat: Money | null,
): Money | null {
  const { price } = question;
  const ruled =
    schedule?.shipping && price.currency === schedule.currency
      ? ruledAmount(schedule.shipping, question)
      : null;
  return ruled ?? flat;
}
