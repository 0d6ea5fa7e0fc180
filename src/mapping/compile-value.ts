import type { CheckedExpression, CheckedMember, CheckedValue } from './checked-value.js';
import { isFixed } from './checked-value.js';
import { type Cell, type Code, constantCode, joined, type Run } from './code.js';
import { compile, keep, without } from './compile.js';
import { type CompileContext, withCell } from './compile-context.js';
import { boundedList } from './compile-loop.js';
import { isList } from './functions/arguments.js';
import { BadData, type Implementation, type Value } from './functions/definition.js';
import { keptAlone } from './hoist.js';
import { type InstantWriter, written } from './written.js';

/** Makes contexts for the expressions of a mapping: each has its own place for notes and faults. */
export interface ValueCompiler {
  contextFor(checked: CheckedExpression): CompileContext;
  readonly dateTime: Implementation;
  readonly traced: boolean;
}

type Cells = ReadonlyMap<string, Cell>;

/** Compiles a value as it stands, for a var: amounts stay amounts. */
export function compileRaw(value: CheckedValue, compiler: ValueCompiler): Code {
  if (value.kind !== 'expression') return compileWritten(value, compiler);
  return compile(value.expression, compiler.contextFor(value));
}

/** Compiles a condition of the mapping. */
export function compileCondition(condition: CheckedExpression, compiler: ValueCompiler): Code {
  return settled(compile(condition.expression, compiler.contextFor(condition)), compiler);
}

/** Compiles a value in the form in which it reaches an attribute. */
export function compileWritten(value: CheckedValue, compiler: ValueCompiler): Code {
  return settled(compileIn(value, compiler, new Map()), compiler);
}

function settled(code: Code, compiler: ValueCompiler): Code {
  return compiler.traced ? code : keptAlone(code);
}

function expressionCode(checked: CheckedExpression, compiler: ValueCompiler, cells: Cells): Code {
  let context = compiler.contextFor(checked);
  for (const [name, cell] of cells) context = withCell(context, name, cell);
  return compile(checked.expression, context);
}

function compileIn(value: CheckedValue, compiler: ValueCompiler, cells: Cells): Code {
  switch (value.kind) {
    case 'expression': {
      const code = expressionCode(value, compiler, cells);
      const run = written(code.run, value.expression.type, instantWriter(value, compiler));
      return { ...code, run, constant: false };
    }
    case 'fixed':
      return constantCode(value.value);
    case 'nothing':
      return constantCode(null);
    case 'list':
      return compileItems(value.items, compiler, cells);
    case 'object':
      return compileObject(value, compiler, cells);
    case 'each':
      return compileEach(value, compiler, cells);
  }
}

/** A free attribute declared as a date may hold something else. */
function instantWriter(checked: CheckedExpression, compiler: ValueCompiler): InstantWriter {
  const { site } = compiler.contextFor(checked);
  return (frame, value) => {
    try {
      return compiler.dateTime(frame, value);
    } catch (error) {
      if (error instanceof BadData) return frame.note(site, error.message, error.pattern);
      throw error;
    }
  };
}

function keepParts(parts: readonly Code[], compiler: ValueCompiler): readonly Code[] {
  return compiler.traced ? parts : keep(parts, { traced: false } as CompileContext);
}

function compileItems(items: readonly CheckedValue[], compiler: ValueCompiler, cells: Cells): Code {
  const parts = keepParts(
    items.map((item) => compileIn(item, compiler, cells)),
    compiler,
  );
  const runs = parts.map((part) => part.run);
  return joined(parts, (frame) => {
    const list: Value[] = [];
    for (let index = 0; index < runs.length; index++) {
      const entry = runs[index]?.(frame) ?? null;
      if (entry !== null) list.push(entry);
    }
    return list.length === 0 ? null : list;
  });
}

type ObjectValue = CheckedValue & { kind: 'object' };

function compileObject(value: ObjectValue, compiler: ValueCompiler, cells: Cells): Code {
  const when = value.when === null ? null : expressionCode(value.when, compiler, cells);
  const inner =
    value.value === null
      ? membersCode(value.members, compiler, cells)
      : compileIn(value.value, compiler, cells);
  if (when === null) return inner;
  const parts = keepParts([when, inner], compiler);
  const [test, body] = parts.map((part) => part.run);
  if (test === undefined || body === undefined) return inner;
  return joined(parts, (frame) => (test(frame) === true ? body(frame) : null));
}

/** A map lives as long as one of its computed members does; one with fixed members only always does. */
function membersCode(members: readonly CheckedMember[], compiler: ValueCompiler, cells: Cells): Code {
  const parts = keepParts(
    members.map((member) => compileIn(member.value, compiler, cells)),
    compiler,
  );
  const slots = members.map((member, index) => ({
    name: member.name,
    run: (parts[index] ?? constantCode(null)).run,
    computed: !isFixed(member.value),
  }));
  return joined(parts, objectRun(slots));
}

function objectRun(slots: readonly { name: string; run: Run; computed: boolean }[]): Run {
  const isFixed = slots.every((slot) => !slot.computed);
  return (frame) => {
    const result: Record<string, Value> = {};
    let alive = isFixed;
    for (const slot of slots) {
      const member = slot.run(frame);
      if (member === null) continue;
      result[slot.name] = member;
      if (slot.computed) alive = true;
    }
    return alive ? result : null;
  };
}

function compileEach(value: CheckedValue & { kind: 'each' }, compiler: ValueCompiler, cells: Cells): Code {
  const cell: Cell = { value: null };
  const list = expressionCode(value.list, compiler, cells);
  const { site } = compiler.contextFor(value.list);
  const body = compileIn(value.body, compiler, new Map([...cells, [value.as, cell]]));
  const parts = keepParts([list, body], compiler);
  const [source, work] = parts.map((part) => part.run);
  const code = joined(parts, () => null, true);
  if (source === undefined || work === undefined) return code;
  const run: Run = (frame) => {
    const entries = source(frame);
    if (!isList(entries)) return null;
    const result: Value[] = [];
    for (const entry of entries) {
      cell.value = entry;
      frame.charge(1);
      const made = work(frame);
      if (made !== null) result.push(made);
    }
    return result.length === 0 ? null : boundedList(frame, site, result);
  };
  return { ...code, run, cells: without(code.cells, cell) };
}
