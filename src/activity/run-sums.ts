import type { JsonObject } from '../domain/json.js';

/** Numbers of a run that must add up: the whole, its parts, and whether they do. */
export interface RunSum {
  readonly whole: RunNumber;
  readonly parts: readonly RunNumber[];
  readonly adds: boolean;
}

/** A number by the name its job gave it. */
export interface RunNumber {
  readonly name: string;
  readonly n: number;
}

/** What each line a job tells must add up to: its message, the whole and the parts. A job that begins to count something new adds a row here. */
const SUMS: Readonly<Record<string, readonly [whole: string, ...parts: string[]]>> = {
  'listings reconciled': ['variants', 'listed', 'blocked', 'excluded'],
  'source imported': ['variants', 'created', 'changed', 'unchanged'],
  'orders pulled': ['seen', 'created', 'updated', 'unchanged'],
  'parcels announced': ['due', 'accepted', 'rejected', 'postponed'],
  'order messages told': ['due', 'accepted', 'rejected', 'handed', 'postponed'],
  'stock per place sent': ['due', 'accepted', 'rejected', 'postponed'],
  'promotions sent': ['due', 'accepted', 'ended', 'rejected', 'postponed'],
  'parcels reported as signals': ['due', 'accepted', 'rejected', 'postponed'],
};

/** The sum in a line of a run; null: it holds none, or was told by an older version that left a part out. Pure. */
export function sumOfLine(line: { readonly message: string; readonly facts: JsonObject }): RunSum | null {
  const names = Object.hasOwn(SUMS, line.message) ? SUMS[line.message] : undefined;
  if (names === undefined) return null;
  const numbers = names.map((name) => ({ name, n: line.facts[name] }));
  if (!numbers.every(isNumber)) return null;
  const [whole, ...parts] = numbers;
  if (whole === undefined) return null;
  return { whole, parts, adds: whole.n === parts.reduce((sum, { n }) => sum + n, 0) };
}

function isNumber(number: { readonly name: string; readonly n: unknown }): number is RunNumber {
  return typeof number.n === 'number';
}
