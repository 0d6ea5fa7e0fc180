import type { Frame } from './frame.js';
import type { Value } from './functions/definition.js';

/** A compiled expression. `null` is nothing. */
export type Run = (frame: Frame) => Value;

/** How much of a row a value depends on: nothing of it, the product alone, or the variant and the rest. */
export type Reach = 0 | 1 | 2;

/** Holds a loop's current entry. Each loop of a mapping has its own. */
export interface Cell {
  value: Value;
}

/** A compiled expression with what is known of it without running it. */
export interface Code {
  readonly run: Run;
  /** Paths read, expanded through vars: `product.title`, `variant.options.color`, `stock.available`, `today`. */
  readonly reads: ReadonlySet<string>;
  readonly reach: Reach;
  /** Loop entries it uses of loops around it. */
  readonly cells: ReadonlySet<Cell>;
  /** Calls a function or loops: worth keeping. */
  readonly costly: boolean;
  /** Known at load. */
  readonly constant: boolean;
}

const NO_READS: ReadonlySet<string> = new Set();
const NO_CELLS: ReadonlySet<Cell> = new Set();

/** A value that is the same for every row. */
export function constantCode(value: Value, reads: ReadonlySet<string> = NO_READS): Code {
  return { run: () => value, reads, reach: 0, cells: NO_CELLS, costly: false, constant: true };
}

/** The value of a constant. */
export function constantValue(code: Code): Value {
  return code.run(NO_FRAME);
}
// Constants ignore their frame.
const NO_FRAME = null as unknown as Frame;

/** A value that reads one path. */
export function readCode(run: Run, path: string, reach: Reach): Code {
  return { run, reads: new Set([path]), reach, cells: NO_CELLS, costly: false, constant: false };
}

/** What code made of these parts depends on. */
export function joined(parts: readonly Code[], run: Run, costly = false): Code {
  return {
    run,
    reads: union(parts.map((part) => part.reads)),
    reach: reachOf(parts),
    cells: union(parts.map((part) => part.cells)),
    costly: costly || parts.some((part) => part.costly),
    constant: false,
  };
}

/** The widest reach of the parts. */
export function reachOf(parts: readonly Code[]): Reach {
  return parts.reduce<Reach>((widest, part) => Math.max(widest, part.reach) as Reach, 0);
}

function union<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const filled = sets.filter((set) => set.size > 0);
  const [only] = filled;
  if (filled.length === 1 && only !== undefined) return only;
  return new Set(filled.flatMap((set) => [...set]));
}
