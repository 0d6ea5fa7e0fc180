import type { CelType } from './cel-types.js';
import type { Cell, Code } from './code.js';
import type { Expression, GivenGroup } from './expression-tree.js';
import type { Frame, Site } from './frame.js';
import type { FunctionDefinition, LookupTable, Value } from './functions/definition.js';
import type { Root } from './roots.js';

/** What compiling one expression needs to know of its surroundings. */
export interface CompileContext {
  /** The build that records what it reads, for `explain`. */
  readonly traced: boolean;
  readonly site: Site;
  /** The expression's text, for hints. */
  readonly text?: string;
  /** A frame without a row, for working out constants. */
  readonly frame: Frame;
  readonly roots: ReadonlyMap<string, Root>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** Values of vars, parameters and listing attributes. */
  given(group: GivenGroup, name: string): Code | null;
  /** Entries of the loops around. */
  readonly cells: ReadonlyMap<string, Cell>;
  table(name: string): LookupTable | null;
  tableNames(): readonly string[];
  /** Told of every value of certain operands, in the traced build. */
  readonly watch?: Watch;
  /** Reports a fault at a stretch of the expression's text. */
  fail(fault: CompileFault): void;
}

/** Operands of operators that somebody wants to see the values of. */
export type Watch = ReadonlyMap<Expression, (frame: Frame, value: Value) => void>;

/** A fault the type checker cannot see. */
export interface CompileFault {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string | null;
  readonly types?: readonly CelType[];
}

/** The context inside a loop. */
export function withCell(context: CompileContext, name: string, cell: Cell): CompileContext {
  return { ...context, cells: new Map([...context.cells, [name, cell]]) };
}
