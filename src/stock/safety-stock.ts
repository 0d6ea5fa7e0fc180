/** What is known of a variant's sales and of how slowly a channel hears of them. */
export interface SafetyFacts {
  /** Units sold by all channels in `days`. */
  readonly sold: number;
  readonly days: number;
  /** From a change of stock until this channel had confirmed it, in ms; null: never measured. */
  readonly confirmMs: number | null;
  /** From an order until we knew of it, over the channels that sell, in ms; null: none has sold. */
  readonly orderMs: number | null;
}

/** A suggestion with its reasons. `units` null: something it rests on is not known, which `because` says. */
export interface SafetySuggestion {
  readonly units: number | null;
  /** Units expected to be sold while this channel still shows the old number. */
  readonly expected: number | null;
  /** How long that is, in ms. */
  readonly windowMs: number | null;
  readonly because: string;
}

/** One time in a hundred more is sold in the window than is held back. */
const RISK = 0.01;
const DAY_MS = 86_400_000;

/**
 * Units to hold back so that what is sold elsewhere, before a channel hears of it, is there in 99 of 100 cases: sales are taken to come one by one
 * and independently (Poisson). Pure.
 */
export function suggestSafetyStock(facts: SafetyFacts): SafetySuggestion {
  const { sold, days, confirmMs, orderMs } = facts;
  if (confirmMs === null) return unknown('no change of stock that this channel confirmed was measured yet');
  if (sold === 0)
    return {
      units: 0,
      expected: 0,
      windowMs: confirmMs + (orderMs ?? 0),
      because: `nothing sold in ${days} days`,
    };
  if (orderMs === null) return unknown('no channel has told when its orders were placed');
  const windowMs = confirmMs + orderMs;
  const expected = (sold / (days * DAY_MS)) * windowMs;
  const because = `${sold} sold in ${days} days; ${seconds(orderMs)} until an order is known, ${seconds(confirmMs)} until it is confirmed here`;
  return { units: unitsCovering(expected), expected, windowMs, because };
}

function unknown(because: string): SafetySuggestion {
  return { units: null, expected: null, windowMs: null, because };
}

/** The fewest units that a Poisson count of this mean exceeds one time in a hundred at most. */
function unitsCovering(mean: number): number {
  let term = Math.exp(-mean);
  if (term === 0) return Math.ceil(mean + 2.33 * Math.sqrt(mean)); // so many that the count is as good as normal
  let covered = term;
  let units = 0;
  while (1 - covered > RISK) {
    units += 1;
    term *= mean / units;
    covered += term;
  }
  return units;
}

/** The value that a share of all is not above; null: there are none. Pure. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null;
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
