import { type Money, roundHalfAway } from '../domain/money.js';

/** A part of the sum that is not known, and why. */
export interface ProfitGap {
  readonly part: 'price' | 'fees' | 'shipping' | 'cost';
  readonly why: string;
}

/** What one unit brings in and takes; null: not known. */
export interface ProfitParts {
  /** What the buyer pays for the unit. */
  readonly price: Money;
  /** Tax in the price, in percent of the net price; 0: none is in it. */
  readonly taxPercent: number;
  readonly fees: Money | null;
  readonly shipping: Money | null;
  readonly cost: Money | null;
}

/** price − tax − fees − shipping − cost, each in minor units of the price's currency. */
export interface Profit {
  /** Tax contained in the price. */
  readonly tax: Money;
  /** Null as soon as one part is not known. */
  readonly profit: Money | null;
  /** Profit in percent of the price without tax, to one decimal; null: unknown, or the price is zero. */
  readonly marginPercent: number | null;
  readonly gaps: readonly ProfitGap[];
}

/** Adds up one unit. `why` gives the reason of parts that are null. A part in another currency is not known in this one. Pure. */
export function profitOf(
  parts: ProfitParts,
  why: Readonly<Record<'fees' | 'shipping' | 'cost', string>>,
): Profit {
  const { price, taxPercent } = parts;
  const { currency } = price;
  const net = roundHalfAway(price.minor / (1 + taxPercent / 100));
  const gaps: ProfitGap[] = [];
  let taken = 0;
  for (const part of ['fees', 'shipping', 'cost'] as const) {
    const amount = parts[part];
    if (amount === null) gaps.push({ part, why: why[part] });
    else if (amount.currency !== currency)
      gaps.push({ part, why: `it is told in ${amount.currency}, the price in ${currency}` });
    else taken += amount.minor;
  }
  const tax = { minor: price.minor - net, currency };
  if (gaps.length > 0) return { tax, profit: null, marginPercent: null, gaps };
  const minor = net - taken;
  const marginPercent = net === 0 ? null : roundHalfAway((minor * 1_000) / net) / 10;
  return { tax, profit: { minor, currency }, marginPercent, gaps };
}
