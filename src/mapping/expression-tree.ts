import type { CelType } from './cel-types.js';

interface Base {
  /** Offsets in the expression's text. */
  readonly start: number;
  readonly end: number;
  readonly type: CelType;
}

/** Two-sided operators that see both operands. */
export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | 'in';

/** Loops over a list (or the keys of a map). */
export type LoopName = 'exists' | 'all' | 'exists_one' | 'map' | 'filter';

/** Where a name that belongs to the mapping comes from. */
export type GivenGroup = 'vars' | 'params' | 'listing';

/** A function call. */
export interface CallExpression extends Base {
  readonly kind: 'call';
  readonly name: string;
  /** The receiver of a method call is the first one. */
  readonly args: readonly Expression[];
}

/** A loop over the entries of a list. */
export interface LoopExpression extends Base {
  readonly kind: 'loop';
  readonly loop: LoopName;
  readonly list: Expression;
  readonly item: string;
  /** The condition of `map(i, condition, value)`. */
  readonly keep: Expression | null;
  readonly body: Expression;
}

/** An operator with two operands. */
export interface BinaryExpression extends Base {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** A checked expression: every part knows its type and its place in the text. */
export type Expression =
  | (Base & { readonly kind: 'literal'; readonly value: string | number | boolean | null })
  | (Base & { readonly kind: 'name'; readonly name: string })
  | (Base & { readonly kind: 'given'; readonly group: GivenGroup; readonly name: string })
  | (Base & { readonly kind: 'field'; readonly target: Expression; readonly name: string })
  | (Base & { readonly kind: 'index'; readonly target: Expression; readonly index: Expression })
  | CallExpression
  | LoopExpression
  | (Base & {
      readonly kind: 'bind';
      readonly name: string;
      readonly value: Expression;
      readonly body: Expression;
    })
  | (Base & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Base & { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] })
  | (Base & {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly chosen: Expression;
      readonly otherwise: Expression;
    })
  | (Base & { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression })
  | (Base & { readonly kind: 'not' | 'negate'; readonly operand: Expression })
  | BinaryExpression;

/** Calls back for an expression and all its parts. */
export function visit(expression: Expression, see: (part: Expression) => void): void {
  see(expression);
  for (const part of partsOf(expression)) visit(part, see);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'field':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
    case 'call':
      return expression.args;
    case 'loop':
      return [expression.list, ...(expression.keep === null ? [] : [expression.keep]), expression.body];
    case 'bind':
      return [expression.value, expression.body];
    case 'list':
      return expression.items;
    case 'map':
      return expression.entries.flat();
    case 'choice':
      return [expression.condition, expression.chosen, expression.otherwise];
    case 'and':
    case 'or':
    case 'binary':
      return [expression.left, expression.right];
    case 'not':
    case 'negate':
      return [expression.operand];
    default:
      return [];
  }
}
