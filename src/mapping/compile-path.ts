import { type CelType, kindOf, spokenType } from './cel-types.js';
import { type Code, constantCode, joined, type Run, readCode } from './code.js';
import { compile } from './compile.js';
import type { CompileContext } from './compile-context.js';
import type { Expression } from './expression-tree.js';
import { isList } from './functions/arguments.js';
import type { Value } from './functions/definition.js';
import { fitsKind } from './value-kinds.js';

type PathExpression = Expression & { kind: 'name' | 'field' | 'index' };

/**
 * Compiles a name, a field or an index. A path of written-out names (`variant.options["monitor size"]`) is read as one and
 * recorded under its own name; a computed key counts as reading all of what it picks from.
 */
export function compilePath(expression: PathExpression, context: CompileContext): Code {
  if (expression.kind === 'name' && !context.cells.has(expression.name)) checkWholeName(expression, context);
  const path = staticPath(expression, context);
  if (path !== null) return traced(path, context);
  if (expression.kind === 'name') return compileName(expression.name, context);
  const target = compile(expression.target, context);
  if (expression.kind === 'field') return joined([target], member(target.run, expression.name));
  if (expression.index.kind === 'literal')
    return joined([target], entryAt(target.run, expression.index.value));
  const index = compile(expression.index, context);
  return joined([target, index], (frame) => pick(target.run(frame), index.run(frame)));
}

/** Records are read by their fields; CEL's type names are no values. */
function checkWholeName(expression: Expression & { kind: 'name' }, context: CompileContext): void {
  const { name, start, end, type } = expression;
  const isKnown = context.roots.has(name);
  if (isKnown && kindOf(type) !== 'record') return;
  context.fail({
    code: isKnown ? 'whole_record' : 'unknown_name',
    start,
    end,
    message: isKnown ? `${name} is a whole record` : `unknown name "${name}"`,
    hint: isKnown ? `name one of its fields: ${name}.id` : null,
  });
}

interface StaticPath {
  readonly path: string;
  readonly code: Code;
}

function traced(found: StaticPath, context: CompileContext): Code {
  if (!context.traced || found.code.constant) return found.code;
  const { run } = found.code;
  return {
    ...found.code,
    run: (frame) => {
      const value = run(frame);
      frame.trace?.set(found.path, value);
      return value;
    },
  };
}

function staticPath(expression: Expression, context: CompileContext): StaticPath | null {
  if (expression.kind === 'name') {
    const root = context.roots.get(expression.name);
    if (root === undefined || context.cells.has(expression.name)) return null;
    return { path: expression.name, code: readCode(root.whole, expression.name, root.reach) };
  }
  if (expression.kind === 'field') return staticMember(expression, expression.name, context);
  if (expression.kind !== 'index' || expression.index.kind !== 'literal') return null;
  const { value } = expression.index;
  if (typeof value === 'string') return staticMember(expression, value, context);
  const target = staticPath(expression.target, context);
  if (target === null) return null;
  const path = `${target.path}[${String(value)}]`;
  return { path, code: readCode(entryAt(target.code.run, value), path, target.code.reach) };
}

function staticMember(
  whole: Expression & { readonly target: Expression },
  name: string,
  context: CompileContext,
): StaticPath | null {
  const { target } = whole;
  if (target.kind === 'name' && !context.cells.has(target.name)) {
    const root = context.roots.get(target.name);
    const run = root?.field(name) ?? null;
    if (root !== undefined && run !== null) {
      const path = `${target.name}.${name}`;
      const code = readCode(run, path, root.widest?.has(name) === true ? 2 : root.reach);
      return {
        path,
        code:
          root.reach === 0
            ? { ...constantCode(run(context.frame)), reads: code.reads, constant: !context.traced }
            : code,
      };
    }
  }
  const base = staticPath(target, context);
  if (base === null) return null;
  const path = /^\w+$/.test(name) ? `${base.path}.${name}` : `${base.path}["${name}"]`;
  const read = member(base.code.run, name);
  const isFree = target.type.name === 'Attributes' || target.type.kind === 'map';
  return {
    path,
    code: readCode(isFree ? guarded(read, whole.type, { path, context }) : read, path, base.code.reach),
  };
}

/** Free attributes come from outside: one that does not fit its declared type is nothing, with a note. */
function guarded(read: Run, type: CelType, where: { path: string; context: CompileContext }): Run {
  const kind = kindOf(type);
  if (kind === 'any' || kind === 'map' || kind === 'record') return read;
  const { path, context } = where;
  const pattern = `${path} is not ${spokenType(type)}`;
  return (frame) => {
    const value = read(frame);
    if (value === null || fitsKind(value, kind)) return value;
    return frame.note(context.site, `${pattern}: ${JSON.stringify(value)}`, pattern);
  };
}

function compileName(name: string, context: CompileContext): Code {
  const cell = context.cells.get(name);
  if (cell === undefined) return constantCode(null);
  return { ...joined([], () => cell.value), cells: new Set([cell]) };
}

/** Reads a member of an object; anything else has none. Names from data never reach a prototype. */
function member(run: Run, name: string): Run {
  return (frame) => {
    const target = run(frame);
    if (target === null || typeof target !== 'object' || !Object.hasOwn(target, name)) return null;
    return (target as Readonly<Record<string, Value>>)[name] ?? null;
  };
}

function entryAt(run: Run, index: Value): Run {
  return (frame) => pick(run(frame), index);
}

/** An entry of a list (negative: from the end) or of a map. */
function pick(target: Value, index: Value): Value {
  if (target === null || index === null || typeof target !== 'object') return null;
  if (isList(target)) {
    if (typeof index !== 'number') return null;
    return target[index < 0 ? target.length + index : index] ?? null;
  }
  const name = String(index);
  return Object.hasOwn(target, name) ? ((target as Readonly<Record<string, Value>>)[name] ?? null) : null;
}
