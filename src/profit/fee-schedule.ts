import { type Money, roundHalfAway } from '../domain/money.js';

/** One dated rule of a charge: who it is for, and what it takes. Amounts in minor units of the schedule's currency. */
export interface FeeRule {
  /** Calendar days in the channel's zone, both included; null: no bound. */
  readonly from: string | null;
  readonly until: string | null;
  /** Product types or kinds of listing, lower case; empty: any. */
  readonly types: readonly string[];
  /** Category paths, lower case, each for itself and all below it; empty: any. */
  readonly categories: readonly string[];
  /** For prices up to and including this; null: any. */
  readonly upTo: number | null;
  /** Share of the price, in millionths: 150,000 is 15 %. */
  readonly millionths: number;
  readonly fixed: number;
  /** Bounds of share and fixed amount together. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** A channel's charges as the merchant wrote them down: of each charge the first rule that fits counts. */
export interface FeeSchedule {
  readonly currency: string;
  readonly fees: readonly Charge[];
  /** What sending a unit costs; null: the schedule does not say. */
  readonly shipping: readonly FeeRule[] | null;
}

/** A charge by name: commission, payment. */
export interface Charge {
  readonly name: string;
  readonly rules: readonly FeeRule[];
}

/** What rules are chosen by. */
export interface FeeQuestion {
  /** What a buyer pays for one unit. */
  readonly price: Money;
  /** The catalog's product type and the channel's kind of listing. */
  readonly types: readonly string[];
  readonly categories: readonly string[];
  /** Calendar day in the channel's zone, `2026-11-25`. */
  readonly day: string;
}

/** One charge for one unit. */
export interface FeeLine {
  readonly name: string;
  readonly amount: Money;
}

/** The charges of a unit; `missing` names those for which no rule fits: what they take is unknown, not nothing. */
export interface ScheduledFees {
  readonly lines: readonly FeeLine[];
  readonly missing: readonly string[];
}

/** Works out every charge of a schedule for one listing. The price must be in the schedule's currency. Pure. */
export function scheduledFees(schedule: FeeSchedule, question: FeeQuestion): ScheduledFees {
  const lines: FeeLine[] = [];
  const missing: string[] = [];
  for (const { name, rules } of schedule.fees) {
    const amount = ruledAmount(rules, question);
    if (amount === null) missing.push(name);
    else lines.push({ name, amount });
  }
  return { lines, missing };
}

/** What the first fitting rule takes; null: none fits. Pure. */
export function ruledAmount(rules: readonly FeeRule[], question: FeeQuestion): Money | null {
  const rule = rules.find((each) => fits(each, question));
  if (rule === undefined) return null;
  const { minor, currency } = question.price;
  const taken = roundHalfAway((minor * rule.millionths) / 1_000_000) + rule.fixed;
  const bounded = Math.min(Math.max(taken, rule.minimum ?? taken), rule.maximum ?? Number.MAX_SAFE_INTEGER);
  return { minor: bounded, currency };
}

function fits(rule: FeeRule, { price, types, categories, day }: FeeQuestion): boolean {
  if (rule.from !== null && day < rule.from) return false;
  if (rule.until !== null && day > rule.until) return false;
  if (rule.upTo !== null && price.minor > rule.upTo) return false;
  if (rule.types.length > 0 && !types.some((type) => rule.types.includes(plainPath(type)))) return false;
  return (
    rule.categories.length === 0 ||
    categories.some((path) => rule.categories.some((root) => isWithin(plainPath(path), root)))
  );
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root} > `);
}

/** A category path or type as it is compared: lower case, single blanks, ` > ` between the levels. */
export function plainPath(path: string): string {
  return path
    .toLowerCase()
    .split('>')
    .map((level) => level.trim().replace(/\s+/g, ' '))
    .join(' > ');
}
