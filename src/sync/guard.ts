import type { Money } from '../domain/money.js';

/** How much may change without a person. Shares are parts of one. */
export interface GuardLimits {
  /** Removals beyond this share of the known listings are held. */
  readonly removalShare: number;
  /** The share only counts once this many listings are known. */
  readonly fewListings: number;
  /** A price may fall by at most this share, */
  readonly priceFall: number;
  /** and rise by at most this share. */
  readonly priceRise: number;
  /** More price holds than this share of the plan stop the whole plan. */
  readonly heldShare: number;
}

/** The limits of the house; a channel may have its own. */
export const GUARD_LIMITS: GuardLimits = {
  removalShare: 0.3,
  fewListings: 10,
  priceFall: 0.4,
  priceRise: 1,
  heldShare: 0.05,
};

/** What the guard weighs, counted over the whole channel and not over a page. */
export interface GuardFacts {
  /** Listings that may be on the channel because of us. */
  readonly known: number;
  /** Variants that should be listed. */
  readonly desired: number;
  /** Removals that are due. */
  readonly removals: number;
  /** Changes that are due, removals included. */
  readonly changes: number;
  /** Of these, changes whose price moved too far. */
  readonly priceHolds: number;
}

/** A guard that closed: what it keeps back and why, in a sentence with the numbers. */
export interface Hold {
  readonly code: 'too_many_removals' | 'nothing_desired' | 'too_many_price_changes';
  /** `removals`: other changes still travel; `everything`: nothing does. */
  readonly holds: 'removals' | 'everything';
  readonly message: string;
}

/** Which guards close for these numbers. Pure. */
export function guard(facts: GuardFacts, limits: GuardLimits = GUARD_LIMITS): readonly Hold[] {
  const holds: Hold[] = [];
  if (facts.desired === 0 && facts.removals > 0 && facts.known >= limits.fewListings) {
    holds.push({
      code: 'nothing_desired',
      holds: 'removals',
      message: `nothing at all should be listed any more, but ${facts.known} listings are known`,
    });
  } else if (facts.known >= limits.fewListings && facts.removals > facts.known * limits.removalShare) {
    holds.push({
      code: 'too_many_removals',
      holds: 'removals',
      message: `would remove ${facts.removals} of ${facts.known} known listings`,
    });
  }
  if (facts.changes >= limits.fewListings && facts.priceHolds > facts.changes * limits.heldShare) {
    holds.push({
      code: 'too_many_price_changes',
      holds: 'everything',
      message: `${facts.priceHolds} of ${facts.changes} changes move the price too far`,
    });
  }
  return holds;
}

/** Why a price may not be sent without a person, or null. A first price is judged only for being above zero. */
export function priceHold(
  before: Money | null,
  after: Money | null,
  limits: GuardLimits = GUARD_LIMITS,
): string | null {
  if (after === null) return null;
  if (after.minor <= 0) return 'the price is zero or below';
  if (before === null || before.minor <= 0) return null;
  if (before.currency !== after.currency)
    return `the currency changed from ${before.currency} to ${after.currency}`;
  const change = (after.minor - before.minor) / before.minor;
  if (change < -limits.priceFall || change > limits.priceRise) {
    return `the price moved by ${change > 0 ? '+' : ''}${Math.round(change * 100)} %`;
  }
  return null;
}

/** What the guard remembers of a listing: what a buyer pays, and the price without a sale. */
export interface Prices {
  readonly pays: Money;
  readonly regular: Money;
}

/** Why a change of prices may not be sent without a person, or null: neither price may jump, not even behind the other. */
export function pricesHold(
  before: Prices | null,
  after: Prices | null,
  limits: GuardLimits = GUARD_LIMITS,
): string | null {
  if (after === null) return null;
  const pays = priceHold(before?.pays ?? null, after.pays, limits);
  if (pays !== null) return pays;
  const regular = priceHold(before?.regular ?? null, after.regular, limits);
  return regular === null ? null : `${regular}, behind the sale price`;
}

/** Prices as stored in a record: `1999 EUR` in minor units, with a sale `1999 EUR of 2499 EUR`. */
export function storedPrices(pays: Money | null, regular: Money | null): string | null {
  if (pays === null) return null;
  const paid = `${pays.minor} ${pays.currency}`;
  const plain = regular === null || (regular.minor === pays.minor && regular.currency === pays.currency);
  return plain ? paid : `${paid} of ${regular.minor} ${regular.currency}`;
}

/** The prices of a stored text. Without a second one there was no sale. */
export function readStoredPrices(text: string | null): Prices | null {
  if (text === null) return null;
  const [paid = '', plain] = text.split(' of ');
  const pays = readMoney(paid);
  return pays === null ? null : { pays, regular: (plain === undefined ? null : readMoney(plain)) ?? pays };
}

function readMoney(text: string): Money | null {
  const [minor, currency] = text.split(' ');
  return minor === undefined || currency === undefined ? null : { minor: Number(minor), currency };
}
