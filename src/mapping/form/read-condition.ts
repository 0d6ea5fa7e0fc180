import type { BinaryExpression, CallExpression, Expression } from '../expression-tree.js';
import { parseExpression } from '../front.js';
import type {
  ConditionPart,
  ConditionRow,
  ExpressionNode,
  FixedValue,
  Operator,
  RowValue,
  Stretch,
} from './form-model.js';

/** A condition as rows that must all hold; what no row can show is a row of its own with the text. Pure. */
export function readCondition(text: string): readonly ConditionPart[] {
  const tree = parseExpression(text);
  return tree === null ? [expressionNode({ start: 0, end: text.length }, text)] : partsOf(tree, text);
}

/** The rows of a parsed condition. */
export function partsOf(tree: Expression, text: string): readonly ConditionPart[] {
  return flat(tree, 'and').map((part): ConditionPart => {
    if (part.kind !== 'or') return rowOf(part, text);
    return { kind: 'any', ...stretchOf(part, text), rows: flat(part, 'or').map((one) => rowOf(one, text)) };
  });
}

/** A stretch of the text with what stands there. The parser leaves out parentheses at its edges: those whose other half is inside belong to it. */
export function stretchOf(range: { readonly start: number; readonly end: number }, text: string): Stretch {
  let { start, end } = range;
  const { opens, closes } = unmatched(text.slice(start, end));
  for (let missing = closes; missing > 0; missing--) {
    const before = text.slice(0, start).trimEnd();
    if (!before.endsWith('(')) break;
    start = before.length - 1;
  }
  for (let missing = opens; missing > 0; missing--) {
    const next = end + text.slice(end).search(/\S|$/);
    if (text[next] !== ')') break;
    end = next + 1;
  }
  return { start, end, text: text.slice(start, end) };
}

/** Parentheses without their other half, those in texts left out. */
function unmatched(text: string): { readonly opens: number; readonly closes: number } {
  let opens = 0;
  let closes = 0;
  for (const sign of text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '').match(/[()]/g) ?? []) {
    if (sign === '(') opens++;
    else if (opens > 0) opens--;
    else closes++;
  }
  return { opens, closes };
}

/** A part of a text that is shown as it is. */
export function expressionNode(
  range: { readonly start: number; readonly end: number },
  text: string,
): ExpressionNode {
  return { kind: 'expression', ...stretchOf(range, text) };
}

function flat(tree: Expression, kind: 'and' | 'or'): readonly Expression[] {
  return tree.kind === kind ? [...flat(tree.left, kind), ...flat(tree.right, kind)] : [tree];
}

/** A field with nothing worked out in it: names, members and written-out keys. Null: it is something else. */
export function fieldPath(tree: Expression, text: string): string | null {
  switch (tree.kind) {
    case 'name':
    case 'given':
      return text.slice(tree.start, tree.end);
    case 'field':
      return fieldPath(tree.target, text) === null ? null : text.slice(tree.start, tree.end);
    case 'index':
      return fieldPath(tree.target, text) === null || tree.index.kind !== 'literal'
        ? null
        : text.slice(tree.start, tree.end);
    default:
      return null;
  }
}

/** Functions that make a field comparable and may stand around it in a row. */
const AROUND: ReadonlySet<string> = new Set([
  'amount',
  'lower',
  'upper',
  'text',
  'size',
  'number',
  'plain',
  'trim',
]);

function operand(tree: Expression, text: string): string | null {
  const path = fieldPath(tree, text);
  if (path !== null) return path;
  if (tree.kind !== 'call') return null;
  const [only, ...more] = tree.args;
  if (only === undefined || more.length > 0) return null;
  const around = AROUND.has(tree.name) && operand(only, text) !== null;
  const firstOf =
    tree.name === 'first' &&
    only.kind === 'list' &&
    only.items.every((item) => fieldPath(item, text) !== null);
  return around || firstOf ? stretchOf(tree, text).text : null;
}

interface Asked {
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly RowValue[];
  readonly negated?: boolean;
  readonly money?: boolean;
}

function rowOf(tree: Expression, text: string): ConditionRow | ExpressionNode {
  const asked = askedBy(tree, text);
  if (asked === null) return expressionNode(tree, text);
  const { negated = false, money = false, ...row } = asked;
  return { kind: 'row', ...stretchOf(tree, text), ...row, negated, money };
}

function askedBy(tree: Expression, text: string): Asked | null {
  if (tree.kind === 'not') {
    const inner = askedBy(tree.operand, text);
    return inner === null || inner.negated === true ? null : { ...inner, negated: true };
  }
  if (tree.kind === 'binary') return compared(tree, text);
  if (tree.kind === 'call') return called(tree, text);
  const field = fieldPath(tree, text);
  return field === null ? null : { field, operator: 'yes', values: [] };
}

const COMPARISONS: Readonly<Record<string, Operator>> = {
  '==': 'is',
  '!=': 'is',
  '>': 'above',
  '>=': 'from',
  '<': 'below',
  '<=': 'up to',
};

function compared(tree: BinaryExpression, text: string): Asked | null {
  const field = operand(tree.left, text);
  if (field === null) return null;
  if (tree.operator === 'in') {
    const values = fixedList(tree.right);
    return values === null ? null : { field, operator: 'one of', values };
  }
  const operator = COMPARISONS[tree.operator];
  if (operator === undefined) return null;
  const negated = tree.operator === '!=';
  if (tree.right.kind === 'literal' && tree.right.value === null)
    return operator === 'is' ? { field, operator: 'present', values: [], negated: !negated } : null;
  const value = fixedOf(tree.right);
  if (value !== null) return { field, operator, values: [value], negated };
  const amount = amountOf(tree.right);
  if (amount !== null) return { field, operator, values: [amount], negated, money: true };
  const other = operand(tree.right, text);
  return other === null ? null : { field, operator, values: [{ field: other }], negated };
}

const CALLS: Readonly<Record<string, Operator>> = {
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  mentions: 'mentions',
  matches: 'matches',
  inCategory: 'in category',
};

function called({ name, args }: CallExpression, text: string): Asked | null {
  const [first, second, third] = args;
  const field = first === undefined ? null : operand(first, text);
  if (field === null) return null;
  if (args.length === 1 && (name === 'has' || name === 'blank'))
    return { field, operator: name === 'has' ? 'present' : 'blank', values: [] };
  const operator = CALLS[name];
  const value = second === undefined ? null : fixedOf(second);
  if (args.length === 2 && operator !== undefined && typeof value === 'string')
    return { field, operator, values: [value] };
  if (args.length === 2 && name === 'mentionsAny' && second !== undefined) {
    const values = fixedList(second);
    return values === null ? null : { field, operator: 'mentions any of', values };
  }
  const to = third === undefined ? null : fixedOf(third);
  if (args.length === 3 && name === 'between' && typeof value === 'number' && typeof to === 'number')
    return { field, operator: 'between', values: [value, to] };
  return null;
}

/** A written-out value; null: it is worked out, or nothing. */
export function fixedOf(tree: Expression): FixedValue | null {
  if (tree.kind === 'literal') return tree.value;
  if (tree.kind !== 'negate' || tree.operand.kind !== 'literal') return null;
  return typeof tree.operand.value === 'number' ? -tree.operand.value : null;
}

/** A list of written-out values. */
export function fixedList(tree: Expression): readonly FixedValue[] | null {
  if (tree.kind !== 'list') return null;
  const values = tree.items.map(fixedOf);
  return values.every((value) => value !== null) ? (values as FixedValue[]) : null;
}

/** The text of a written-out amount, `price("50.00 USD")`. */
function amountOf(tree: Expression): string | null {
  if (tree.kind !== 'call' || tree.name !== 'price' || tree.args.length !== 1) return null;
  const [text] = tree.args;
  return text?.kind === 'literal' && typeof text.value === 'string' ? text.value : null;
}
