import { type Money, roundHalfAway } from '../domain/money.js';
import { kindOf, type ValueKind } from './cel-types.js';
import { type Code, constantCode, constantValue, joined, type Run } from './code.js';
import { comparison } from './comparison.js';
import { compileParts } from './compile.js';
import type { CompileContext } from './compile-context.js';
import type { BinaryExpression, Expression } from './expression-tree.js';
import type { Frame, Site } from './frame.js';
import { isList, isMoney } from './functions/arguments.js';
import type { Value } from './functions/definition.js';
import { LIMITS } from './limits.js';
import { sameValue } from './value-kinds.js';

/** Compiles an operator with two operands. Whole-number division does not load: it would silently drop the rest. */
export function compileBinary(expression: BinaryExpression, context: CompileContext): Code {
  const { operator } = expression;
  const operands = [expression.left, expression.right];
  const parts = compileParts(operands, context).map((part, index) => watched(part, operands[index], context));
  const [left, right] = parts;
  if (left === undefined || right === undefined) return constantCode(null);
  const kinds: Kinds = [kindOf(expression.left.type), kindOf(expression.right.type)];
  if (operator === '/' && kinds[0] === 'int' && kinds[1] === 'int') refuseDivision(expression, context);
  if (expression.type.name === 'google.protobuf.Duration') refuseDuration(expression, context);
  if (operator === 'in') return joined(parts, membership(expression, [left, right]));
  if (isComparison(operator)) {
    return joined(
      parts,
      comparison(operator, kinds, { left: left.run, right: right.run, site: context.site }),
    );
  }
  return joined(parts, arithmetic(operator, kinds, { left: left.run, right: right.run, site: context.site }));
}

function watched(part: Code, operand: Expression | undefined, { watch }: CompileContext): Code {
  const see = operand === undefined ? undefined : watch?.get(operand);
  if (see === undefined) return part;
  return {
    ...part,
    run: (frame) => {
      const value = part.run(frame);
      see(frame, value);
      return value;
    },
  };
}

/** Kinds of the operands, left and right. */
export type Kinds = readonly [ValueKind, ValueKind];

/** Closures of the operands and the place for notes. */
export interface Operands {
  readonly left: Run;
  readonly right: Run;
  readonly site: Site;
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

function isComparison(operator: string): operator is Comparison {
  return /^([=!]=|[<>]=?)$/.test(operator);
}

function refuseDivision(expression: BinaryExpression, context: CompileContext): void {
  context.fail({
    code: 'whole_division',
    start: expression.start,
    end: expression.end,
    message: 'dividing two whole numbers drops the remainder',
    hint: `write div(a, b) if that is meant, or${decimalForm(expression, context.text)}`,
  });
}

function decimalForm({ left, right }: BinaryExpression, text: string | undefined): string {
  if (text === undefined || right.kind !== 'literal') return ' make one a decimal: 3.0 instead of 3';
  return `: ${text.slice(left.start, left.end)} / ${String(right.value)}.0`;
}

function refuseDuration(expression: BinaryExpression, context: CompileContext): void {
  context.fail({
    code: 'not_offered',
    start: expression.start,
    end: expression.end,
    message: 'instants cannot be added up or subtracted',
    hint: 'write daysBetween(first, second) or addDays(instant, n)',
  });
}

function membership(expression: BinaryExpression, parts: readonly [Code, Code]): Run {
  const [item, group] = parts;
  const members = literalEntries(expression.right);
  if (members !== null) {
    const set = new Set<Value>(members);
    return (frame) => {
      const value = item.run(frame);
      return value !== null && set.has(value);
    };
  }
  const target = group.constant ? constantValue(group) : null;
  if (Array.isArray(target) && target.every((entry) => typeof entry !== 'object')) {
    const set = new Set<Value>(target);
    return (frame) => set.has(item.run(frame));
  }
  return (frame) => holds(group.run(frame), item.run(frame));
}

function literalEntries(expression: Expression): Value[] | null {
  if (expression.kind !== 'list') return null;
  const values = expression.items.map((item) => (item.kind === 'literal' ? item.value : undefined));
  return values.every((value) => value !== undefined) ? values : null;
}

function holds(group: Value, item: Value): boolean {
  if (group === null || item === null || typeof group !== 'object') return false;
  if (Array.isArray(group)) return group.some((entry: Value) => sameValue(entry, item));
  const name = String(item);
  return Object.hasOwn(group, name) && (group as Readonly<Record<string, Value>>)[name] !== null;
}

function isNumeric(kind: ValueKind): boolean {
  return kind === 'int' || kind === 'number';
}

type Arithmetic = (a: number, b: number) => number;
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function arithmetic(operator: string, kinds: Kinds, operands: Operands): Run {
  const { left, right, site } = operands;
  const [a, b] = kinds;
  if (operator === '+' && a === 'text' && b === 'text') {
    return (frame) => joinTexts(frame, site, [left(frame), right(frame)]);
  }
  if (isNumeric(a) && isNumeric(b)) {
    const work = ARITHMETIC[operator] ?? (() => Number.NaN);
    const whole = a === 'int' && b === 'int';
    return (frame) => numeric(frame, site, { a: left(frame), b: right(frame), work, whole, operator });
  }
  return (frame) => dynamicArithmetic(frame, site, { operator, a: left(frame), b: right(frame) });
}

interface NumericWork {
  readonly a: Value;
  readonly b: Value;
  readonly work: Arithmetic;
  readonly whole: boolean;
  readonly operator: string;
}

function numeric(frame: Frame, site: Site, job: NumericWork): number | null {
  const { a, b } = job;
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  if (b === 0 && (job.operator === '/' || job.operator === '%')) {
    return frame.note(site, 'division by zero', 'division by zero');
  }
  const result = job.work(a, b);
  if (job.whole ? Number.isSafeInteger(result) : Number.isFinite(result)) return result === 0 ? 0 : result;
  return frame.note(site, 'the number is too large', 'the number is too large');
}

function joinTexts(frame: Frame, site: Site, [a, b]: readonly [Value, Value]): string | null {
  if (typeof a !== 'string' || typeof b !== 'string') return null;
  const text = a + b;
  if (text.length > 64) {
    frame.charge(text.length >> 6);
    if (text.length > LIMITS.textCharacters)
      return frame.note(site, 'the text is too long', 'the text is too long');
  }
  return text;
}

type Lists = readonly [readonly Value[], readonly Value[]];

function joinLists(frame: Frame, site: Site, [a, b]: Lists): Value {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const list = [...a, ...b];
  frame.charge(1 + (list.length >> 3));
  if (list.length > LIMITS.listEntries)
    return frame.note(site, 'the list is too long', 'the list is too long');
  return list;
}

/** Amounts, lists, and operands whose type is only known now. */
function dynamicArithmetic(
  frame: Frame,
  site: Site,
  { operator, a, b }: { operator: string; a: Value; b: Value },
): Value {
  if (operator === '+' && (isList(a) || isList(b))) {
    if (a === null || b === null) return a ?? b;
    if (isList(a) && isList(b)) return joinLists(frame, site, [a, b]);
  }
  if (a === null || b === null) return null;
  if (operator === '+' && typeof a === 'string')
    return joinTexts(frame, site, [a, b]) ?? mismatch(frame, site, [a, b]);
  if (typeof a === 'number' && typeof b === 'number') {
    const work = ARITHMETIC[operator] ?? (() => Number.NaN);
    return numeric(frame, site, { a, b, work, whole: false, operator });
  }
  if (isMoney(a) || isMoney(b)) return amountArithmetic(frame, site, { operator, a, b });
  return mismatch(frame, site, [a, b]);
}

function mismatch(frame: Frame, site: Site, [a, b]: readonly [Value, Value]): null {
  const pattern = 'the two values cannot be combined';
  return frame.note(site, `${pattern}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`, pattern);
}

function amountArithmetic(
  frame: Frame,
  site: Site,
  { operator, a, b }: { operator: string; a: Value; b: Value },
): Value {
  if (operator === '*') {
    const [amount, factor] = isMoney(a) ? [a, b] : [b, a];
    if (!isMoney(amount) || typeof factor !== 'number') return mismatch(frame, site, [a, b]);
    return safeAmount(frame, site, {
      minor: roundHalfAway(amount.minor * factor),
      currency: amount.currency,
    });
  }
  if (!isMoney(a) || !isMoney(b) || (operator !== '+' && operator !== '-'))
    return mismatch(frame, site, [a, b]);
  if (a.currency !== b.currency) {
    return frame.note(site, `${a.currency} and ${b.currency} cannot be added up`, 'different currencies');
  }
  const minor = operator === '+' ? a.minor + b.minor : a.minor - b.minor;
  return safeAmount(frame, site, { minor, currency: a.currency });
}

function safeAmount(frame: Frame, site: Site, amount: Money): Money | null {
  if (Number.isSafeInteger(amount.minor)) return amount.minor === 0 ? { ...amount, minor: 0 } : amount;
  return frame.note(site, 'the amount is too large', 'the amount is too large');
}
