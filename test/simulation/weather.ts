import { type Dice, dice } from '../chaos/dice.js';

/** Every kind of trouble a run may have, with the highest share of occasions at which it happens. */
export const FAULTS = {
  /** The process is killed before, or after, a commit. */
  'killed-before-commit': 0.01,
  'killed-after-commit': 0.01,
  /** The process is killed before a call leaves, or after it was applied. */
  'killed-before-call': 0.02,
  'killed-after-call': 0.03,
  /** The operating system stops the process for longer than its leases. */
  paused: 0.004,
  /** The database takes its time. */
  'store-slow': 0.05,
  /** A commit fails: the disk is full. */
  'disk-full': 0.01,
  'call-not-sent': 0.1,
  'call-throttled': 0.1,
  /** The answer is lost before, or after, the call was applied. */
  'call-lost': 0.1,
  'answer-lost': 0.15,
  /** Nobody waits for the answer any more, and then the call is applied. */
  'call-late': 0.08,
  'call-slow': 0.1,
  /** The channel says yes and forgets. */
  'change-forgotten': 0.05,
  /** Credentials stop working until an operator acts. */
  'auth-lost': 0.004,
  /** The channel refuses a listing until its title changes. */
  'listing-refused': 0.05,
  /** Somebody changes a listing at the channel. */
  drift: 0.3,
  /** A wake is lost, as when Redis is flushed. */
  'wake-lost': 0.3,
  /** The supplier's file breaks off, has a tenth of its rows, or a price with two digits missing. */
  'feed-cut': 0.15,
  'feed-tenth': 0.15,
  'feed-typo': 0.2,
  /** Orders are told twice, and older readings after newer ones. */
  'order-repeated': 0.3,
  'order-shuffled': 0.5,
  /** Buyers take goods nobody knows yet. */
  'order-unknown-sku': 0.1,
  'order-cancelled': 0.2,
} as const;

/** A kind of trouble. */
export type FaultKind = keyof typeof FAULTS;

/** Something that went wrong, and when. */
export interface Fired {
  readonly kind: FaultKind;
  /** Which occasion for this kind it was: with the seed it names this very trouble. */
  readonly occasion: number;
  readonly where: string;
}

/** What kinds of trouble a run has; from its seed, or what is left of them while a failure is made smaller. */
export interface Forecast {
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
  /** Trouble that is kept away although it was due, as `kind#occasion`. */
  readonly spared: ReadonlySet<string>;
}

/** Swarm: each run has some kinds of trouble at rates of its own, so that rare meetings are looked at closely. */
export function forecastOf(seed: number): Forecast {
  const roll = dice(seed ^ 0x5eed);
  const rates: Partial<Record<FaultKind, number>> = {};
  for (const [kind, most] of Object.entries(FAULTS) as [FaultKind, number][])
    if (roll.below(10) < 4) rates[kind] = (most * (1 + roll.below(10))) / 10;
  return { rates, spared: new Set() };
}

/** Says what goes wrong. Each kind has dice of its own: without one, the others fall as before. */
export class Weather {
  readonly fired: Fired[] = [];
  /** How often each kind met each place: `kind where`. */
  readonly coverage = new Map<string, number>();
  calm = false;
  readonly #dice = new Map<FaultKind, Dice>();
  readonly #occasions = new Map<FaultKind, number>();

  constructor(
    readonly seed: number,
    readonly forecast: Forecast,
  ) {}

  /** Whether this kind of trouble happens here and now. */
  strikes(kind: FaultKind, where: string): boolean {
    const rate = this.forecast.rates[kind];
    if (rate === undefined || this.calm) return false;
    const occasion = (this.#occasions.get(kind) ?? 0) + 1;
    this.#occasions.set(kind, occasion);
    const roll = this.#dice.get(kind) ?? dice(this.seed ^ fold(kind));
    this.#dice.set(kind, roll);
    const due = roll.below(100_000) < rate * 100_000;
    if (!due || this.forecast.spared.has(`${kind}#${occasion}`)) return false;
    this.fired.push({ kind, occasion, where });
    const name = `${kind} ${where}`;
    this.coverage.set(name, (this.coverage.get(name) ?? 0) + 1);
    return true;
  }
}

/** A number of a word, for a seed. */
export function fold(word: string): number {
  let hash = 2_166_136_261;
  for (const letter of word) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}
