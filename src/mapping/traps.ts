import { kindOf } from './cel-types.js';
import type { CheckedExpression } from './checked-value.js';
import { type Expression, visit } from './expression-tree.js';
import { VARIABLES } from './vocabulary.js';

/**
 * A place where a missing value does something that is easily overlooked: a sum of texts is nothing as a whole (`sum`), `!=` is true
 * (`unequal`), a negated comparison is true (`negated`).
 */
export interface Trap {
  readonly kind: 'sum' | 'unequal' | 'negated';
  readonly checked: CheckedExpression;
  /** The operation. */
  readonly whole: Expression & { readonly kind: 'binary' };
  /** What stands at the place of a warning: the operation, or its negation. */
  readonly at: { readonly start: number; readonly end: number };
  /** Operands that are not written out. */
  readonly operands: readonly Expression[];
}

/** All traps of an expression. */
export function trapsOf(checked: CheckedExpression): readonly Trap[] {
  const traps: Trap[] = [];
  visit(checked.expression, (part) => {
    const { operand: inner } = part.kind === 'not' ? part : { operand: part };
    if (inner.kind !== 'binary') return;
    const kind = kindOfTrap(inner, part.kind === 'not');
    if (kind === null) return;
    const sides = [inner.left, inner.right];
    const operands = sides.filter((side) => side.kind !== 'literal' && !isSum(side));
    if (operands.length > 0) traps.push({ kind, checked, whole: inner, at: part, operands });
  });
  return traps;
}

function kindOfTrap(part: Expression & { kind: 'binary' }, isNegated: boolean): Trap['kind'] | null {
  if (isNegated) return /^[<>]/.test(part.operator) ? 'negated' : null;
  if (isSum(part)) return 'sum';
  const testsForNothing = [part.left, part.right].some(
    (side) => side.kind === 'literal' && side.value === null,
  );
  return part.operator === '!=' && !testsForNothing ? 'unequal' : null;
}

function isSum(part: Expression): boolean {
  return part.kind === 'binary' && part.operator === '+' && kindOf(part.type) === 'text';
}

/** Facts every row has. */
const ALWAYS: ReadonlySet<string> = new Set([
  'product.id',
  'product.status',
  'product.variantCount',
  'variant.id',
  'variant.sku',
  'variant.position',
  'variant.status',
]);

/** Whether rows may lack a value, as far as its name tells. Results of calls and entries of loops are taken to be there. */
export function mayBeMissing(part: Expression): boolean {
  if (part.kind === 'given') return part.group !== 'params';
  const path = pathOf(part);
  return path?.includes('.') === true && !path.startsWith('channel.') && !ALWAYS.has(path);
}

function pathOf(part: Expression): string | null {
  if (part.kind === 'name') return Object.hasOwn(VARIABLES, part.name) ? part.name : null;
  if (part.kind !== 'field' && part.kind !== 'index') return null;
  const target = pathOf(part.target);
  if (target === null) return null;
  return part.kind === 'field' ? `${target}.${part.name}` : `${target}.[]`;
}
