import { type Cell, type Code, joined, type Run } from './code.js';
import { compile, keep, without } from './compile.js';
import { type CompileContext, withCell } from './compile-context.js';
import type { LoopExpression } from './expression-tree.js';
import type { Frame, Site } from './frame.js';
import type { Value } from './functions/definition.js';
import { LIMITS } from './limits.js';

/** Compiles a loop. Nothing counts as an empty list; a map is walked by its keys; each turn costs one step of the budget. */
export function compileLoop(expression: LoopExpression, context: CompileContext): Code {
  const cell: Cell = { value: null };
  const inner = withCell(context, expression.item, cell);
  const list = compile(expression.list, context);
  const body = compile(expression.body, inner);
  const filter = expression.keep === null ? [] : [compile(expression.keep, inner)];
  const parts = keep([list, body, ...filter], context);
  const [source, work, test] = parts;
  const code = joined(parts, () => null, true);
  if (source === undefined || work === undefined) return code;
  const loop: Loop = { list: source.run, cell, body: work.run, keep: test?.run ?? null, site: context.site };
  return { ...code, run: LOOPS[expression.loop](loop), cells: without(code.cells, cell) };
}

interface Loop {
  readonly list: Run;
  readonly cell: Cell;
  readonly body: Run;
  readonly keep: Run | null;
  readonly site: Site;
}

const LOOPS: Readonly<Record<LoopExpression['loop'], (loop: Loop) => Run>> = {
  exists:
    ({ list, cell, body }) =>
    (frame) => {
      for (const entry of entriesOf(frame, list)) {
        cell.value = entry;
        frame.charge(1);
        if (body(frame) === true) return true;
      }
      return false;
    },
  all:
    ({ list, cell, body }) =>
    (frame) => {
      for (const entry of entriesOf(frame, list)) {
        cell.value = entry;
        frame.charge(1);
        if (body(frame) !== true) return false;
      }
      return true;
    },
  exists_one:
    ({ list, cell, body }) =>
    (frame) => {
      let found = 0;
      for (const entry of entriesOf(frame, list)) {
        cell.value = entry;
        frame.charge(1);
        if (body(frame) === true) found++;
      }
      return found === 1;
    },
  map:
    ({ list, cell, body, keep, site }) =>
    (frame) => {
      const result: Value[] = [];
      for (const entry of entriesOf(frame, list)) {
        cell.value = entry;
        frame.charge(1);
        if (keep === null || keep(frame) === true) result.push(body(frame));
      }
      return boundedList(frame, site, result);
    },
  filter:
    ({ list, cell, body, site }) =>
    (frame) => {
      const result: Value[] = [];
      for (const entry of entriesOf(frame, list)) {
        cell.value = entry;
        frame.charge(1);
        if (body(frame) === true) result.push(entry);
      }
      return boundedList(frame, site, result);
    },
};

function entriesOf(frame: Frame, list: Run): readonly Value[] {
  const value = list(frame);
  if (value === null || typeof value !== 'object') return [];
  return Array.isArray(value) ? value : Object.keys(value);
}

/** The list, or nothing with a note when it is longer than a list may be. */
export function boundedList(frame: Frame, site: Site, list: readonly Value[]): readonly Value[] | null {
  return list.length <= LIMITS.listEntries
    ? list
    : frame.note(site, 'the list is too long', 'the list is too long');
}
