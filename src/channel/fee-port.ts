import type { Instant } from '../domain/instant.js';
import type { Money } from '../domain/money.js';

/** Channels that estimate what they will take for a sale, and at which price a listing would be the one shoppers are offered. */
export interface FeePort {
  /** Whether the channel ships a listing (`fulfilledBy`, its own word): its charge for that is then among its fees. Pure. */
  channelShips(fulfilledBy: string | null): boolean;
  /** Most questions of one call of `estimate`. */
  readonly batch: number;
  /**
   * Asks what the channel would take for one unit of each listing. One answer per question, found by its SKU; never throws for a
   * question. Throws ChannelError when the call as a whole failed.
   */
  estimate(questions: readonly FeeEstimateQuestion[]): Promise<readonly FeeEstimate[]>;
  /** Absent: the channel does not tell. */
  readonly competition?: CompetitionPort;
}

/** A listing at a price, and who ships it in the channel's own word (null: not told). */
export interface FeeEstimateQuestion {
  readonly sku: string;
  /** What the buyer pays for the unit. */
  readonly price: Money;
  readonly fulfilledBy: string | null;
}

/**
 * What the channel takes for one unit: nothing binding. `refused`: asking again unchanged is pointless · `unanswered`: the channel
 * failed, the fees are not known (never zero).
 */
export type FeeEstimate =
  | {
      readonly sku: string;
      readonly outcome: 'estimated';
      readonly total: Money;
      /** The charges the total is made of, as the channel names them. */
      readonly lines: readonly { readonly name: string; readonly amount: Money }[];
      /** The channel ships the unit, and its charge for that is in the total. */
      readonly channelShips: boolean;
      readonly at: Instant;
    }
  | {
      readonly sku: string;
      readonly outcome: 'refused' | 'unanswered';
      readonly code: string;
      readonly message: string;
    };

/** Asks for the price at or below which a listing may be the offer shoppers see first. */
export interface CompetitionPort {
  /** Most SKUs of one call. */
  readonly batch: number;
  /** One answer per SKU; never throws for a SKU. Throws ChannelError when the call as a whole failed. */
  ask(skus: readonly string[]): Promise<readonly CompetitionAnswer[]>;
}

/** Where a listing stands among the offers for the same item; nothing binding. */
export type CompetitionAnswer =
  | {
      readonly sku: string;
      readonly outcome: 'told';
      /** The channel's own word for what it found, such as `VALID_FOEP`. */
      readonly status: string;
      /** At or below this price the listing may be featured; null: the channel does not say. */
      readonly expected: Money | null;
      /** The offer featured now, without its shipping; null: none is told. */
      readonly featured: Money | null;
      /** The featured offer is ours. */
      readonly isOurs: boolean;
    }
  | {
      readonly sku: string;
      readonly outcome: 'refused' | 'unanswered';
      readonly code: string;
      readonly message: string;
    };
