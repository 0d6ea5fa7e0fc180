import type { Instant } from '../../domain/instant.js';
import type { Measure } from '../../domain/measure.js';
import type { Money } from '../../domain/money.js';

/** A value while an expression is worked out. `null` is nothing. Instants are normalised UTC text. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Money
  | Measure
  | readonly Value[]
  | { readonly [member: string]: Value | undefined };

/** Thrown by a function that met bad data: its value becomes nothing and the sentence is kept for the merchant. */
export class BadData extends Error {
  /** The sentence without concrete values, so that equal troubles are counted together. */
  readonly pattern: string;

  constructor(message: string, pattern: string) {
    super(message);
    this.pattern = pattern;
  }
}

/**
 * A lookup table: header names and rows by normalised key (trimmed, lower case). Rows are whole, parallel to `columns`:
 * entry 0 is the key as written, entry 1 the first value column, which calls without a column name read.
 */
export interface LookupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

/** Exchange rates pinned for a run: units of a currency for one unit of the base. */
export interface RateTable {
  readonly id: string;
  readonly base: string;
  readonly rates: Readonly<Record<string, number>>;
}

/** What a function may use besides its arguments; belongs to one compiled mapping. */
export interface FunctionContext {
  readonly zone: string;
  readonly language: string;
  readonly today: Instant;
  readonly rates: RateTable | null;
  table(name: string): LookupTable | null;
  /** Counts a key that a lookup table does not have. */
  missed(table: string, key: string): void;
  /** Charges the work budget: one step per 64 characters or 8 entries produced. Throws when it is used up. */
  charge(steps: number): void;
}

/** A prepared function: arguments in order, nothing is `null`. */
export type Implementation = (context: FunctionContext, ...args: readonly Value[]) => Value;

/** Literal arguments that are compiled or looked up when the mapping is loaded. */
export type LiteralKind = 'pattern' | 'table' | 'column';

/**
 * One row of the function table: feeds the type checker, the compiler, the documentation and the tests.
 * Unless `seesNothing` is set, a call with any argument missing is nothing (false when the result is yes/no),
 * and `call` never sees `null`.
 */
export interface FunctionDefinition {
  readonly name: string;
  readonly group: string;
  /** CEL signatures without the name's receiver form: `clip(string, int, string): string`. */
  readonly signatures: readonly string[];
  readonly doc: string;
  /** Expression and its result as the documentation shows it; run as a test on the documented fixture. */
  readonly example: { readonly source: string; readonly result: string };
  readonly seesNothing?: boolean;
  /** Arguments (by position) that must be written out, and what they are. */
  readonly literals?: Readonly<Record<number, LiteralKind>>;
  /** Prepares an implementation once per call site from its literal arguments (by position, null where computed). */
  readonly prepare: (literals: readonly (string | null)[]) => Implementation;
}
