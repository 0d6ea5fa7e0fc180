import type { Instant } from '../domain/instant.js';
import { type Money, moneyText } from '../domain/money.js';
import type { FeeLine } from './fee-schedule.js';

/** What the channel said it would take, as kept: for which price and shipper it was asked, and when. */
export type KeptEstimate = {
  readonly price: Money;
  /** Who ships, in the channel's own word, when it was asked; null: not known then. */
  readonly fulfilledBy: string | null;
  readonly at: Instant;
} & (
  | {
      readonly outcome: 'estimated';
      readonly total: Money;
      readonly lines: readonly FeeLine[];
      /** The channel ships the unit, and its charge for that is among the fees. */
      readonly channelShips: boolean;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
);

/** Why an estimate says nothing about a listing as it is now; null: it does. Pure. */
export function misfit(
  estimate: KeptEstimate,
  now: { readonly price: Money; readonly fulfilledBy: string | null },
): string | null {
  const { price } = estimate;
  if (price.minor !== now.price.minor || price.currency !== now.price.currency)
    return `the channel’s estimate was made for ${moneyText(price)}`;
  if (estimate.fulfilledBy !== now.fulfilledBy)
    return 'the channel’s estimate was made for another way of shipping';
  return estimate.outcome === 'refused'
    ? `the channel gave no estimate: ${estimate.message} (${estimate.code})`
    : null;
}
