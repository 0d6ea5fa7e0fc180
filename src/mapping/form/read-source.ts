import type { CallExpression, Expression, LoopExpression } from '../expression-tree.js';
import { parseExpression } from '../front.js';
import type { ConditionPart, Source } from './form-model.js';
import { expressionNode, fieldPath, fixedOf, partsOf, stretchOf } from './read-condition.js';

/** Where the value of an expression comes from; what the form cannot show is an `expression` with its text. Pure. */
export function readSource(text: string): Source {
  const tree = parseExpression(text);
  return tree === null ? expressionNode({ start: 0, end: text.length }, text) : sourceOf(tree, text);
}

/** Whether a source is shown without any expression of its own. */
export function isCovered(source: Source): boolean {
  switch (source.kind) {
    case 'expression':
      return false;
    case 'joined':
      return source.parts.every(isCovered);
    case 'first':
    case 'list':
      return source.of.every(isCovered);
    case 'condition':
      return source.condition.every(isShown);
    case 'each':
      return (
        isCovered(source.of) &&
        (source.keep ?? []).every(isShown) &&
        (source.value === null || isCovered(source.value))
      );
    case 'if':
      return (
        source.condition.every(isShown) &&
        isCovered(source.chosen) &&
        (source.otherwise === null || isCovered(source.otherwise))
      );
    case 'cut':
      return isCovered(source.of) && isCovered(source.longest);
    case 'lookup':
    case 'category':
    case 'price':
      return isCovered(source.of);
    case 'cleaned':
      return [source.of, ...source.settings].every(isCovered);
    default:
      return true;
  }
}

function isShown(part: ConditionPart): boolean {
  return part.kind === 'row' || (part.kind === 'any' && part.rows.every(({ kind }) => kind === 'row'));
}

function sourceOf(tree: Expression, text: string): Source {
  const stretch = stretchOf(tree, text);
  if (tree.kind === 'literal' && tree.value === null) return { kind: 'nothing', ...stretch };
  const value = fixedOf(tree);
  if (value !== null) return { kind: 'fixed', ...stretch, value };
  const path = fieldPath(tree, text);
  if (path !== null) return { kind: 'field', ...stretch, path };
  if (tree.kind === 'choice')
    return {
      kind: 'if',
      ...stretch,
      condition: partsOf(tree.condition, text),
      chosen: sourceOf(tree.chosen, text),
      otherwise: sourceOf(tree.otherwise, text),
    };
  if (tree.kind === 'list')
    return { kind: 'list', ...stretch, of: tree.items.map((item) => sourceOf(item, text)) };
  if (tree.kind === 'loop') return eachSource(tree, text) ?? expressionNode(tree, text);
  if (tree.kind === 'binary' && tree.operator === '+')
    return { kind: 'joined', ...stretch, how: 'plus', parts: summands(tree, text), separator: null };
  const called = tree.kind === 'call' ? calledSource(tree, text) : null;
  return called ?? conditionSource(tree, text) ?? expressionNode(tree, text);
}

function calledSource(tree: CallExpression, text: string): Source | null {
  const stretch = stretchOf(tree, text);
  const [first, second, third] = tree.args;
  if (first === undefined) return null;
  switch (tree.name) {
    case 'words':
    case 'headline':
    case 'joined':
      return joinedSource(tree, text) ?? cleanedSource(tree, text);
    case 'clip':
      if (second === undefined || third !== undefined) return null;
      return { kind: 'cut', ...stretch, of: sourceOf(first, text), longest: sourceOf(second, text) };
    case 'first':
      if (first.kind !== 'list' || second !== undefined) return null;
      return { kind: 'first', ...stretch, of: first.items.map((item) => sourceOf(item, text)) };
    case 'default':
      if (second === undefined || third !== undefined) return null;
      return { kind: 'first', ...stretch, of: [sourceOf(first, text), sourceOf(second, text)] };
    case 'when':
      if (second === undefined) return null;
      return {
        kind: 'if',
        ...stretch,
        condition: partsOf(first, text),
        chosen: sourceOf(second, text),
        otherwise: third === undefined ? null : sourceOf(third, text),
      };
    case 'lookup':
    case 'lookupPath':
      return tableSource(tree, text);
    case 'addPercent':
    case 'roundUpTo':
    case 'endIn':
      return pricedSource(tree, text);
    default:
      return cleanedSource(tree, text);
  }
}

function joinedSource({ name, args, ...range }: CallExpression, text: string): Source | null {
  const [list, separator, more] = args;
  if (list?.kind !== 'list' || more !== undefined) return null;
  const between = separator === undefined ? null : fixedOf(separator);
  if (separator !== undefined && typeof between !== 'string') return null;
  return {
    kind: 'joined',
    ...stretchOf(range, text),
    how: name as 'words' | 'headline' | 'joined',
    parts: list.items.map((item) => sourceOf(item, text)),
    separator: typeof between === 'string' ? between : null,
  };
}

function tableSource({ name, args, ...range }: CallExpression, text: string): Source | null {
  const [table, key, column, more] = args;
  const tableName = table === undefined ? null : fixedOf(table);
  if (typeof tableName !== 'string' || key === undefined || more !== undefined) return null;
  const stretch = stretchOf(range, text);
  const of = sourceOf(key, text);
  if (name === 'lookupPath')
    return column === undefined ? { kind: 'category', ...stretch, table: tableName, of } : null;
  const named = column === undefined ? null : fixedOf(column);
  if (column !== undefined && typeof named !== 'string') return null;
  return {
    kind: 'lookup',
    ...stretch,
    table: tableName,
    of,
    column: typeof named === 'string' ? named : null,
  };
}

const PRICED = { addPercent: 'percent', roundUpTo: 'round up', endIn: 'end in' } as const;

function pricedSource({ name, args, ...range }: CallExpression, text: string): Source | null {
  const [first, second, more] = args;
  const by = second === undefined ? null : fixedOf(second);
  if (first === undefined || by === null || more !== undefined) return null;
  const how = PRICED[name as keyof typeof PRICED];
  return { kind: 'price', ...stretchOf(range, text), how, of: sourceOf(first, text), by };
}

function summands(tree: Expression, text: string): readonly Source[] {
  if (tree.kind !== 'binary' || tree.operator !== '+') return [sourceOf(tree, text)];
  return [...summands(tree.left, text), sourceOf(tree.right, text)];
}

/** `map` and `filter`; the other loops answer yes or no. */
function eachSource(tree: LoopExpression, text: string): Source | null {
  const stretch = stretchOf(tree, text);
  const of = sourceOf(tree.list, text);
  if (tree.loop === 'filter')
    return { kind: 'each', ...stretch, of, item: tree.item, keep: partsOf(tree.body, text), value: null };
  if (tree.loop !== 'map') return null;
  const keep = tree.keep === null ? null : partsOf(tree.keep, text);
  return { kind: 'each', ...stretch, of, item: tree.item, keep, value: sourceOf(tree.body, text) };
}

/** Yes or no as rows; null when no row can show any of it. */
function conditionSource(tree: Expression, text: string): Source | null {
  const condition = partsOf(tree, text);
  const shown = condition.some((part) => part.kind !== 'expression');
  return shown ? { kind: 'condition', ...stretchOf(tree, text), condition } : null;
}

/** A function of a source; what else it is given are sources too. Loops are none: their names mean something inside only. */
function cleanedSource({ name, args, ...range }: CallExpression, text: string): Source | null {
  const [first, ...rest] = args;
  if (first === undefined || CONDITIONS.has(name)) return null;
  return {
    kind: 'cleaned',
    ...stretchOf(range, text),
    by: name,
    of: sourceOf(first, text),
    settings: rest.map((arg) => sourceOf(arg, text)),
  };
}

/** Functions that answer yes or no are rows of a condition. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'has',
  'blank',
  'contains',
  'startsWith',
  'endsWith',
  'mentions',
  'mentionsAny',
  'matches',
  'inCategory',
  'between',
]);

/** Whether a text is an expression at all: names and types are checked by the server. */
export function parses(text: string): boolean {
  return parseExpression(text) !== null;
}
