import { type Cell, type Code, constantCode, constantValue, joined } from './code.js';
import { compileCall } from './compile-call.js';
import { type CompileContext, withCell } from './compile-context.js';
import { compileLoop } from './compile-loop.js';
import { compileBinary } from './compile-operators.js';
import { compilePath } from './compile-path.js';
import type { Expression } from './expression-tree.js';
import type { Value } from './functions/definition.js';
import { kept } from './hoist.js';

/** Turns a checked expression into a closure that never throws for missing or bad data. */
export function compile(expression: Expression, context: CompileContext): Code {
  return folded(compileNode(expression, context), context);
}

/** Compiles parts that together make one value; what some do with the product alone is done once per product. */
export function compileParts(parts: readonly Expression[], context: CompileContext): readonly Code[] {
  return keep(
    parts.map((part) => compile(part, context)),
    context,
  );
}

/** Lets parts be done once per product where that pays; the traced build works everything out where it stands. */
export function keep(parts: readonly Code[], context: CompileContext): readonly Code[] {
  return context.traced ? parts : kept(parts);
}

function compileNode(expression: Expression, context: CompileContext): Code {
  switch (expression.kind) {
    case 'literal':
      return compileLiteral(expression, context);
    case 'name':
    case 'field':
    case 'index':
      return compilePath(expression, context);
    case 'given':
      return compileGiven(expression, context);
    case 'call':
      return compileCall(expression, context);
    case 'loop':
      return compileLoop(expression, context);
    case 'bind':
      return compileBind(expression, context);
    case 'list':
      return compileList(expression.items, context);
    case 'map':
      return compileMap(expression.entries, context);
    case 'choice':
      return compileChoice(expression, context);
    case 'and':
    case 'or':
      return compileLogical(expression, context);
    case 'not': {
      const [operand] = compileParts([expression.operand], context);
      return operand === undefined ? constantCode(true) : joined([operand], (f) => operand.run(f) !== true);
    }
    case 'negate':
      return compileNegate(expression.operand, context);
    case 'binary':
      return compileBinary(expression, context);
  }
}

function compileLiteral(expression: Expression & { kind: 'literal' }, context: CompileContext): Code {
  if (expression.type.name === 'bytes') {
    const { start, end } = expression;
    context.fail({
      code: 'not_offered',
      start,
      end,
      message: 'bytes are not offered here',
      hint: 'leave out the b',
    });
  }
  return constantCode(expression.value);
}

/** Constants without function calls are worked out at load, so that branches they close are never read. */
function folded(code: Code, context: CompileContext): Code {
  if (context.traced || code.constant || code.costly || code.reach > 0 || code.cells.size > 0) return code;
  context.frame.restart();
  const value = code.run(context.frame);
  return context.frame.notes.length > 0 ? code : constantCode(value, code.reads);
}

function compileGiven(expression: Expression & { kind: 'given' }, context: CompileContext): Code {
  const code = context.given(expression.group, expression.name);
  if (code === null) return constantCode(null);
  if (!context.traced || expression.group === 'vars') return code;
  const path = `${expression.group}.${expression.name}`;
  return {
    ...code,
    constant: false,
    run: (frame) => {
      const value = code.run(frame);
      frame.trace?.set(path, value);
      return value;
    },
  };
}

function compileBind(expression: Expression & { kind: 'bind' }, context: CompileContext): Code {
  const cell: Cell = { value: null };
  const value = compile(expression.value, context);
  const body = compile(expression.body, withCell(context, expression.name, cell));
  const code = joined([value, body], (frame) => {
    cell.value = value.run(frame);
    return body.run(frame);
  });
  return { ...code, cells: without(code.cells, cell), costly: true };
}

/** The loops an inner value uses, less the one that is now closed. */
export function without(cells: ReadonlySet<Cell>, cell: Cell): ReadonlySet<Cell> {
  return new Set([...cells].filter((other) => other !== cell));
}

function compileList(items: readonly Expression[], context: CompileContext): Code {
  const parts = compileParts(items, context);
  const runs = parts.map((part) => part.run);
  return joined(parts, (frame) => {
    const list: Value[] = new Array(runs.length);
    for (let index = 0; index < runs.length; index++) list[index] = runs[index]?.(frame) ?? null;
    return list;
  });
}

function compileMap(entries: readonly (readonly [Expression, Expression])[], context: CompileContext): Code {
  const parts = compileParts(entries.flat(), context);
  return joined(parts, (frame) => {
    const map: Record<string, Value> = Object.create(null);
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const key = parts[index]?.run(frame) ?? null;
      if (key === null || key === '__proto__') continue;
      map[String(key)] = parts[index + 1]?.run(frame) ?? null;
    }
    return map;
  });
}

function compileChoice(expression: Expression & { kind: 'choice' }, context: CompileContext): Code {
  const condition = compile(expression.condition, context);
  const first = compile(expression.chosen, context);
  const second = compile(expression.otherwise, context);
  if (condition.constant) return constantValue(condition) === true ? first : second;
  return choiceOf([condition, first, second], context);
}

/** A condition and the values for its two answers. */
export function choiceOf(codes: readonly [Code, Code, Code], context: CompileContext): Code {
  const parts = keep(codes, context);
  const [test, then, otherwise] = parts.map((part) => part.run);
  if (test === undefined || then === undefined || otherwise === undefined) return constantCode(null);
  return joined(parts, (frame) => (test(frame) === true ? then(frame) : otherwise(frame)));
}

function compileLogical(expression: Expression & { kind: 'and' | 'or' }, context: CompileContext): Code {
  const decides = expression.kind === 'or';
  const first = compile(expression.left, context);
  const second = compile(expression.right, context);
  if (first.constant && (constantValue(first) === true) === decides)
    return constantCode(decides, first.reads);
  const parts = keep([first, second], context);
  const [left, right] = parts.map((part) => part.run);
  if (left === undefined || right === undefined) return first;
  if (decides) return joined(parts, (frame) => left(frame) === true || right(frame) === true);
  return joined(parts, (frame) => left(frame) === true && right(frame) === true);
}

function compileNegate(operand: Expression, context: CompileContext): Code {
  const [part] = compileParts([operand], context);
  if (part === undefined) return constantCode(null);
  const { run } = part;
  return joined([part], (frame) => {
    const value = run(frame);
    return typeof value === 'number' ? 0 - value : null;
  });
}
