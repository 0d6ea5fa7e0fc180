import { Environment } from '@marcbachmann/cel-js';
import type { CelType } from './cel-types.js';
import type { BinaryOperator, Expression, GivenGroup, LoopName } from './expression-tree.js';
import { LIMITS } from './limits.js';
import { asCheckerText } from './source-edits.js';

/**
 * The only file that knows cel-js. It parses and type-checks; nothing is ever evaluated with it. What matters of its
 * behaviour (8.0.0): nodes carry `checkedType` after a check although the typings do not say so, a macro call keeps its
 * written arguments, an environment must not be changed after it was cloned, and long chains overflow the stack with a
 * RangeError before its own depth limit is reached.
 */
export type CelEnvironment = Environment;

/** A fresh environment with CEL's own functions and our limits. */
export function newEnvironment(): CelEnvironment {
  return new Environment({
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: LIMITS.treeNodes,
      maxDepth: LIMITS.treeDepth,
      maxListElements: LIMITS.literalEntries,
      maxMapEntries: LIMITS.literalEntries,
      maxCallArguments: LIMITS.callArguments,
    },
  });
}

/** Registers a type by its fields; null: any field, of a type known only at run time. Values are never looked at. */
export function registerRecord(
  environment: CelEnvironment,
  name: string,
  fields: Readonly<Record<string, string>> | null,
): void {
  environment.registerType(name, fields === null ? class {} : { ctor: class {}, fields: { ...fields } });
}

/** What the checker complains about, before it is put into words. */
export interface Fault {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** The checker's own sentence. */
  readonly summary: string;
  /** The word concerned: a field, a name, a function. */
  readonly word: string;
  /** Types of the operands or arguments. */
  readonly types: readonly CelType[];
  /** For fields: type of the thing that lacks it. */
  readonly owner: CelType | null;
  readonly operator: string;
}

interface RawNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  readonly checkedType?: CelType;
}

/** Parses and checks an expression. */
export function checkExpression(environment: CelEnvironment, text: string): Expression | Fault {
  if (text.length > LIMITS.expressionCharacters) return plainFault('expression_too_long', text);
  try {
    const parsed = environment.parse(asCheckerText(text));
    const result = parsed.check();
    if (!result.valid) return faultOf(result.error, text);
    return convert(parsed.ast as unknown as RawNode);
  } catch (error) {
    if (error instanceof TooLarge)
      return { ...plainFault('number_too_large', text), start: error.start, end: error.end };
    return faultOf(error, text);
  }
}

let bare: CelEnvironment | null = null;

/** Parses an expression without checking its names and types, for showing it as a form; null when it does not parse. */
export function parseExpression(text: string): Expression | null {
  if (text.length > LIMITS.expressionCharacters) return null;
  bare ??= newEnvironment();
  try {
    return convert(bare.parse(asCheckerText(text)).ast as unknown as RawNode);
  } catch {
    return null;
  }
}

/** Tells a fault from an expression. */
export function isFault(result: Expression | Fault): result is Fault {
  return 'code' in result;
}

class TooLarge extends Error {
  readonly start: number;
  readonly end: number;
  constructor(node: RawNode) {
    super('a whole number beyond 2^53');
    this.start = node.start;
    this.end = node.end;
  }
}

function plainFault(code: string, text: string): Fault {
  return { code, start: 0, end: text.length, summary: '', word: '', types: [], owner: null, operator: '' };
}

interface CelFailure {
  readonly code?: unknown;
  readonly summary?: unknown;
  readonly range?: { readonly start: number; readonly end: number };
  readonly node?: Partial<RawNode>;
}

function faultOf(error: unknown, text: string): Fault {
  if (error instanceof RangeError) return plainFault('expression_too_deep', text);
  const failure = (typeof error === 'object' && error !== null ? error : {}) as CelFailure;
  const start = failure.range?.start ?? 0;
  const end = Math.max(failure.range?.end ?? text.length, start);
  const node = failure.node;
  const base = plainFault(typeof failure.code === 'string' ? failure.code : 'not_understood', text);
  const summary = typeof failure.summary === 'string' ? failure.summary : String(error);
  const operands = operandsOf(node);
  return {
    ...base,
    start,
    end,
    summary,
    word: wordOf(node),
    types: operands.map((operand) => operand.checkedType).filter((type) => type !== undefined),
    owner: node?.op === '.' || node?.op === '[]' ? (operands[0]?.checkedType ?? null) : null,
    operator: node?.op ?? '',
  };
}

function wordOf(node: Partial<RawNode> | undefined): string {
  if (node?.op === 'id' && typeof node.args === 'string') return asWritten(node.args);
  if (!Array.isArray(node?.args)) return '';
  if (node.op === '.') return String(node.args[1]);
  if (node.op === 'call' || node.op === 'rcall') return asWritten(String(node.args[0]));
  if (node.op === '[]') return String((node.args[1] as RawNode).args);
  return '';
}

function operandsOf(node: Partial<RawNode> | undefined): readonly RawNode[] {
  const args = node?.args;
  if (node?.op === 'call' && Array.isArray(args)) return args[1] as RawNode[];
  if (node?.op === 'rcall' && Array.isArray(args)) return [args[1] as RawNode, ...(args[2] as RawNode[])];
  if (Array.isArray(args)) return args.filter((arg) => typeof arg === 'object' && arg !== null) as RawNode[];
  return typeof args === 'object' && args !== null ? [args as RawNode] : [];
}

function asWritten(name: string): string {
  return name === 'h__' ? 'has' : name.replace(/^(vars|params|listing)_/, '$1.');
}

const DYN: CelType = { kind: 'dyn', name: 'dyn', hasDynType: true, hasPlaceholderType: false };
const LOOPS: ReadonlySet<string> = new Set<LoopName>(['exists', 'all', 'exists_one', 'map', 'filter']);

function convert(node: RawNode): Expression {
  const base = { start: node.start, end: node.end, type: node.checkedType ?? DYN };
  const args = node.args as readonly RawNode[];
  switch (node.op) {
    case 'value':
      return { ...base, kind: 'literal', value: literalValue(node) };
    case 'id':
      return nameExpression(String(node.args), base);
    case '.':
      return { ...base, kind: 'field', target: child(args, 0), name: String(args[1]) };
    case '[]':
      return { ...base, kind: 'index', target: child(args, 0), index: child(args, 1) };
    case 'call': {
      const [name, callArgs] = node.args as readonly [string, readonly RawNode[]];
      return { ...base, kind: 'call', name: asWritten(name), args: callArgs.map(convert) };
    }
    case 'rcall':
      return methodExpression(node, base);
    case 'list':
      return { ...base, kind: 'list', items: args.map(convert) };
    case 'map': {
      const entries = node.args as readonly (readonly [RawNode, RawNode])[];
      return { ...base, kind: 'map', entries: entries.map(([key, value]) => [convert(key), convert(value)]) };
    }
    case '?:':
      return {
        ...base,
        kind: 'choice',
        condition: child(args, 0),
        chosen: child(args, 1),
        otherwise: child(args, 2),
      };
    case '&&':
    case '||':
      return { ...base, kind: node.op === '&&' ? 'and' : 'or', left: child(args, 0), right: child(args, 1) };
    case '!_':
    case '-_':
      return { ...base, kind: node.op === '!_' ? 'not' : 'negate', operand: convert(node.args as RawNode) };
    default:
      return {
        ...base,
        kind: 'binary',
        operator: node.op as BinaryOperator,
        left: child(args, 0),
        right: child(args, 1),
      };
  }
}

function child(args: readonly RawNode[], index: number): Expression {
  const node = args[index];
  if (node === undefined) throw new RangeError('a part of the expression is missing');
  return convert(node);
}

function literalValue(node: RawNode): string | number | boolean {
  const value = node.args;
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new TooLarge(node);
    return number;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

function nameExpression(name: string, base: { start: number; end: number; type: CelType }): Expression {
  if (name === 'none' || name === 'nul_') return { ...base, kind: 'literal', value: null };
  const given = /^(vars|params|listing)_(.+)$/.exec(name);
  if (given === null) return { ...base, kind: 'name', name };
  return { ...base, kind: 'given', group: given[1] as GivenGroup, name: given[2] ?? '' };
}

function methodExpression(node: RawNode, base: { start: number; end: number; type: CelType }): Expression {
  const [name, receiver, args] = node.args as readonly [string, RawNode, readonly RawNode[]];
  const first = args[0];
  if (LOOPS.has(name) && first?.op === 'id' && args.length >= 2) {
    return {
      ...base,
      kind: 'loop',
      loop: name as LoopName,
      list: convert(receiver),
      item: String(first.args),
      keep: args.length === 3 ? child(args, 1) : null,
      body: child(args, args.length - 1),
    };
  }
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    return { ...base, kind: 'bind', name: String(first?.args), value: child(args, 1), body: child(args, 2) };
  }
  return { ...base, kind: 'call', name: asWritten(name), args: [convert(receiver), ...args.map(convert)] };
}
