import type { Database } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { setStock, type VariantReading } from './set-stock.js';

/** A count as somebody hands it in. */
export interface StatedCount {
  readonly sku: string;
  readonly location: string;
  /** Whole units; null: nobody counts the variant there any more. */
  readonly onHand: number | null;
}

/** What became of one count. */
export type CountResult = 'changed' | 'unchanged' | 'unknown_sku' | 'owned_elsewhere' | 'older' | 'invalid';

/** The answer to one count, in the order they were handed in. */
export interface CountAnswer extends StatedCount {
  readonly result: CountResult;
  /** Units before, where it changed; null: nobody had counted there. */
  readonly before?: number | null;
  /** What is wrong and what to do, for a person. */
  readonly message?: string;
}

/** Who hands counts in, and why. */
export interface CountsOrigin {
  /** The name these counts belong to: a source, or one of the operator's choosing. */
  readonly owner: string;
  /** Who did it, `operator`, `api:<key>`. */
  readonly actor: string;
  /** Why, in a few words; kept with every movement. */
  readonly reason?: string;
  readonly at: Instant;
  /** When they were counted; absent: now. */
  readonly countedAt?: Instant;
}

/** The answers, and how many of each kind; `total` is their sum. */
export interface RecordedCounts {
  readonly answers: readonly CountAnswer[];
  readonly counts: Readonly<Record<CountResult, number>>;
  readonly total: number;
}

/** Most counts taken at once. */
export const MOST_COUNTS = 100_000;
const LONGEST_NAME = 255;
const MOST_UNITS = 1_000_000_000;

/**
 * Takes counts of stock and answers for each. Good ones are taken whatever the others are; all of them in one transaction, with a movement for each
 * that changes something. The channels are not woken: whoever calls does that.
 */
export async function recordCounts(
  database: Database,
  stated: readonly StatedCount[],
  origin: CountsOrigin,
): Promise<RecordedCounts> {
  const wrong = stated.map(mistakeIn(new Set()));
  const readings = stated.filter((_, at) => wrong[at] === null);
  const { actor, reason, ...rest } = origin;
  const cause = reason === undefined ? actor : `${actor}: ${reason}`;
  const outcome = await setStock(database, readings, { ...rest, cause });
  const unknown = new Set(outcome.unknown);
  const owners = new Map(outcome.foreign.map((reading) => [placeOf(reading), reading.owner]));
  const older = new Set(outcome.older.map(placeOf));
  const before = new Map(outcome.moved.map((moved) => [placeOf(moved), moved.before]));
  const answers = stated.map((count, at): CountAnswer => {
    const mistake = wrong[at];
    if (mistake) return { ...count, result: 'invalid', message: mistake };
    if (unknown.has(count.sku))
      return { ...count, result: 'unknown_sku', message: `The catalog has no SKU "${count.sku}".` };
    const place = placeOf(count);
    const owner = owners.get(place);
    if (owner !== undefined) return { ...count, result: 'owned_elsewhere', message: ownedText(count, owner) };
    if (older.has(place))
      return { ...count, result: 'older', message: 'A newer count of this place is known.' };
    const was = before.get(place);
    return was === undefined
      ? { ...count, result: 'unchanged' }
      : { ...count, result: 'changed', before: was };
  });
  return { answers, counts: tally(answers), total: answers.length };
}

function placeOf({ sku, location }: Pick<VariantReading, 'sku' | 'location'>): string {
  return JSON.stringify([sku, location]);
}

function mistakeIn(seen: Set<string>): (count: StatedCount) => string | null {
  return (count) => {
    const { sku, location, onHand } = count;
    if (sku === '' || sku.length > LONGEST_NAME) return 'The SKU is missing or longer than 255 letters.';
    if (location === '' || location.length > LONGEST_NAME)
      return 'The location is missing or longer than 255 letters.';
    if (onHand !== null && (!Number.isInteger(onHand) || Math.abs(onHand) > MOST_UNITS))
      return 'Units are a whole number.';
    if (seen.has(placeOf(count))) return 'This SKU and location was stated before in the same list.';
    seen.add(placeOf(count));
    return null;
  };
}

function ownedText({ location }: StatedCount, owner: string): string {
  return `The count at "${location}" belongs to "${owner}". Let it state the count, or say \`countedBy\` of the location.`;
}

function tally(answers: readonly CountAnswer[]): Record<CountResult, number> {
  const counts = { changed: 0, unchanged: 0, unknown_sku: 0, owned_elsewhere: 0, older: 0, invalid: 0 };
  for (const { result } of answers) counts[result] += 1;
  return counts;
}
