import type { CheckedExpression, CheckedValue } from '../mapping/checked-value.js';
import { type Code, constantCode, joined } from '../mapping/code.js';
import { compile } from '../mapping/compile.js';
import type { CompileContext } from '../mapping/compile-context.js';
import type { FunctionDefinition, Value } from '../mapping/functions/definition.js';
import { FUNCTIONS } from '../mapping/functions/table.js';
import { oncePerRow } from '../mapping/hoist.js';
import { KEPT } from '../mapping/kept-functions.js';
import { inputRoot } from '../mapping/roots.js';
import { placeInFile } from '../mapping/scalar-map.js';
import { positionAt } from '../mapping/source-file.js';
import type { Loading, SourceValue } from './source-mapping.js';

const ROOTS = new Map(['row', 'lists', 'first', 'part'].map((name) => [name, inputRoot(name)]));

const FUNCTION_TABLE: ReadonlyMap<string, FunctionDefinition> = new Map([
  ...KEPT,
  ...FUNCTIONS.map((definition) => [definition.name, definition] as const),
]);

/** Compiles a value; blank members of maps and blank entries of lists are left out. */
export function compileSourceValue(value: CheckedValue, loading: Loading): SourceValue {
  return codeOf(value, loading).run;
}

/** Compiles a condition; one that did not load is false (the reason is reported). */
export function compileCondition(condition: CheckedExpression | null, loading: Loading): SourceValue {
  if (condition === null) return () => false;
  const { run } = codeOf(condition, loading);
  return (frame) => run(frame) === true;
}

/** Compiles a var, worked out at most once per row. */
export function compileVar(value: CheckedValue, loading: Loading): Code {
  return oncePerRow(codeOf(value, loading));
}

function codeOf(value: CheckedValue, loading: Loading): Code {
  switch (value.kind) {
    case 'expression':
      return compile(value.expression, contextOf(value, loading));
    case 'fixed':
      return constantCode(value.value);
    case 'nothing':
      return constantCode(null);
    case 'list':
      return listCode(value.items, loading);
    case 'object':
      return objectCode(value, loading);
    case 'each':
      loading.sink.error(
        'no_each_here',
        value.at,
        '$each is for listings; write list.map(entry, value) here',
      );
      return constantCode(null);
  }
}

function listCode(items: readonly CheckedValue[], loading: Loading): Code {
  const parts = items.map((item) => codeOf(item, loading));
  return joined(parts, (frame) =>
    parts.map((part) => part.run(frame)).filter((entry) => entry !== null && entry !== ''),
  );
}

function objectCode(value: CheckedValue & { kind: 'object' }, loading: Loading): Code {
  const when = value.when === null ? null : codeOf(value.when, loading);
  const whole = value.value === null ? null : codeOf(value.value, loading);
  const members = value.members.map((member) => ({ name: member.name, code: codeOf(member.value, loading) }));
  const parts = [
    ...(when === null ? [] : [when]),
    ...(whole === null ? [] : [whole]),
    ...members.map((one) => one.code),
  ];
  return joined(parts, (frame) => {
    if (when !== null && when.run(frame) !== true) return null;
    if (whole !== null) return whole.run(frame);
    const object: Record<string, Value> = {};
    for (const { name, code } of members) {
      const member = code.run(frame);
      if (member !== null && member !== '') object[name] = member;
    }
    return object;
  });
}

function contextOf(value: CheckedExpression, loading: Loading): CompileContext {
  const { source } = value;
  const line = positionAt(source.at.file, source.at.start).line;
  return {
    traced: false,
    site: { file: source.at.file.name, line },
    frame: loading.frame,
    roots: ROOTS,
    functions: FUNCTION_TABLE,
    given: (group, name) => (group === 'vars' ? (loading.vars.get(name) ?? null) : null),
    cells: new Map(),
    table: () => null,
    tableNames: () => [],
    fail: (fault) =>
      loading.sink.error(fault.code, placeInFile(source.at, source.value, fault), fault.message, {
        hint: fault.hint ?? null,
        path: value.path,
      }),
  };
}
