import { kindOf } from './cel-types.js';
import { type Code, constantCode, constantValue, joined, type Run } from './code.js';
import { choiceOf, compile, keep } from './compile.js';
import type { CompileContext } from './compile-context.js';
import type { CallExpression, Expression } from './expression-tree.js';
import type { Frame, Site } from './frame.js';
import { isBlank } from './functions/blank.js';
import { BadData, type FunctionDefinition, type Implementation, type Value } from './functions/definition.js';
import { KEPT } from './kept-functions.js';
import { suggest } from './suggest.js';

/** Compiles a call: the lazy functions here, CEL's own from `kept-functions`, all others from the function table. */
export function compileCall(expression: CallExpression, context: CompileContext): Code {
  const { name, args } = expression;
  const [only] = args;
  if (name === 'first' && only?.kind === 'list') {
    const entries = keep(
      only.items.map((item) => compile(item, context)),
      context,
    );
    return joined(entries, firstOf(entries));
  }
  const codes = args.map((arg) => compile(arg, context));
  const lazy = lazyCall(expression, codes, context);
  if (lazy !== null) return lazy;
  const definition = context.functions.get(name) ?? KEPT.get(name);
  if (definition === undefined) return refused(expression, context);
  const literals = literalArguments(expression, definition, context);
  if (literals === null) return constantCode(null);
  const parts = keep(codes, context);
  try {
    const implementation = definition.prepare(literals);
    return joined(parts, strictCall(implementation, parts, { definition, expression, context }), true);
  } catch (error) {
    if (!(error instanceof BadData)) throw error;
    reportBadLiteral(error.message, expression, { definition, context });
    return constantCode(null);
  }
}

function refused(expression: CallExpression, context: CompileContext): Code {
  context.fail({
    code: 'not_offered',
    start: expression.start,
    end: expression.end,
    message: `the function ${expression.name} is not offered here`,
    hint: 'the list of functions is in mappings/README.md',
  });
  return constantCode(null);
}

/** `when` and `default` work out only what they need; `has` looks for a value. */
function lazyCall(expression: CallExpression, codes: readonly Code[], context: CompileContext): Code | null {
  const [first, second, third] = codes;
  if (first === undefined) return null;
  switch (expression.name) {
    case 'has':
      return joined(keep([first], context), presence(first.run));
    case 'when': {
      if (second === undefined) return null;
      const otherwise = third ?? constantCode(null);
      if (first.constant) return constantValue(first) === true ? second : otherwise;
      return choiceOf([first, second, otherwise], context);
    }
    case 'default': {
      if (second === undefined) return null;
      const parts = keep([first, second], context);
      return joined(parts, orElse(parts[0]?.run ?? first.run, parts[1]?.run ?? second.run));
    }
    default:
      return null;
  }
}

function presence(run: Run): Run {
  return (frame) => run(frame) !== null;
}

function orElse(first: Run, second: Run): Run {
  return (frame) => {
    const value = first(frame);
    return isBlank(value) ? second(frame) : value;
  };
}

function firstOf(parts: readonly Code[]): Run {
  const runs = parts.map((part) => part.run);
  return (frame) => {
    for (let index = 0; index < runs.length; index++) {
      const value = runs[index]?.(frame) ?? null;
      if (!isBlank(value)) return value;
    }
    return null;
  };
}

interface CallSite {
  readonly definition: FunctionDefinition;
  readonly expression: CallExpression;
  readonly context: CompileContext;
}

/** A call with all arguments worked out; missing ones make the result nothing (no, for yes/no). */
function strictCall(implementation: Implementation, parts: readonly Code[], call: CallSite): Run {
  const site = call.context.site;
  const missing = kindOf(call.expression.type) === 'bool' ? false : null;
  const runs = parts.map((part) => part.run);
  const [first, second] = runs;
  if (call.definition.seesNothing === true) return seeingCall(implementation, runs, { site, missing });
  if (runs.length === 1 && first !== undefined) {
    return (frame) => {
      const a = first(frame);
      if (a === null) return missing;
      try {
        frame.site = site;
        return implementation(frame, a);
      } catch (error) {
        return caught(frame, error, { site, missing });
      }
    };
  }
  if (runs.length === 2 && first !== undefined && second !== undefined) {
    return (frame) => {
      const a = first(frame);
      if (a === null) return missing;
      const b = second(frame);
      if (b === null) return missing;
      try {
        frame.site = site;
        return implementation(frame, a, b);
      } catch (error) {
        return caught(frame, error, { site, missing });
      }
    };
  }
  return longCall(implementation, runs, { site, missing });
}

interface CallFacts {
  readonly site: Site;
  readonly missing: false | null;
}

function longCall(implementation: Implementation, runs: readonly Run[], facts: CallFacts): Run {
  return (frame) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(frame);
      if (value === null) return facts.missing;
      values.push(value);
    }
    try {
      frame.site = facts.site;
      return implementation(frame, ...values);
    } catch (error) {
      return caught(frame, error, facts);
    }
  };
}

function seeingCall(implementation: Implementation, runs: readonly Run[], facts: CallFacts): Run {
  return (frame) => {
    const values = runs.map((run) => run(frame));
    try {
      frame.site = facts.site;
      return implementation(frame, ...values);
    } catch (error) {
      return caught(frame, error, facts);
    }
  };
}

function caught(frame: Frame, error: unknown, { site, missing }: CallFacts): false | null {
  if (!(error instanceof BadData)) throw error;
  frame.note(site, error.message, error.pattern);
  return missing;
}

/** Arguments that are compiled or looked up at load must be written out; null when one is wrong. */
function literalArguments(
  expression: CallExpression,
  definition: FunctionDefinition,
  context: CompileContext,
): readonly (string | null)[] | null {
  const literals: (string | null)[] = expression.args.map((arg) =>
    arg.kind === 'literal' && typeof arg.value === 'string' ? arg.value : null,
  );
  let wrong = false;
  for (const [position, kind] of Object.entries(definition.literals ?? {})) {
    const arg = expression.args[Number(position)];
    if (arg === undefined) continue;
    const literal = literals[Number(position)] ?? null;
    const message =
      literal === null
        ? `the ${kind} must be written out as a text`
        : literalProblem(kind, literal, { literals, definition, context });
    if (message === null) continue;
    wrong = true;
    report(arg, message, context);
  }
  return wrong ? null : literals;
}

interface LiteralFacts {
  readonly literals: readonly (string | null)[];
  readonly definition: FunctionDefinition;
  readonly context: CompileContext;
}

interface Complaint {
  readonly message: string;
  readonly hint: string | null;
}

function literalProblem(kind: string, literal: string, facts: LiteralFacts): Complaint | null {
  const { context } = facts;
  if (kind === 'table') {
    if (context.table(literal) !== null) return null;
    const near = suggest(literal, context.tableNames());
    const hint = near === null ? 'put it beside the mapping as lookups/<name>.csv' : `did you mean ${near}?`;
    return { message: `there is no lookup table "${literal}"`, hint };
  }
  if (kind !== 'column') return null;
  const position = Object.entries(facts.definition.literals ?? {}).find(
    ([, other]) => other === 'table',
  )?.[0];
  const table = context.table(facts.literals[Number(position ?? 0)] ?? '');
  if (table === null || table.columns.includes(literal)) return null;
  const near = suggest(literal, table.columns);
  return {
    message: `the lookup table "${table.name}" has no column "${literal}"`,
    hint: near === null ? `its columns are ${table.columns.join(', ')}` : `did you mean ${near}?`,
  };
}

function report(arg: Expression, complaint: Complaint | string, context: CompileContext): void {
  const { message, hint } = typeof complaint === 'string' ? { message: complaint, hint: null } : complaint;
  context.fail({ code: 'bad_literal', start: arg.start, end: arg.end, message, hint });
}

/** A pattern or another literal that cannot be prepared: reported at that argument. */
function reportBadLiteral(
  message: string,
  expression: CallExpression,
  { definition, context }: Omit<CallSite, 'expression'>,
): void {
  const position = Object.keys(definition.literals ?? {})[0] ?? '0';
  const arg = expression.args[Number(position)] ?? expression;
  const reason = /^bad pattern: (?:error parsing regexp: )?(.*?)(?:: `.*)?$/s.exec(message)?.[1];
  context.fail({
    code: 'bad_pattern',
    start: arg.start,
    end: arg.end,
    message: reason === undefined ? message : `bad pattern: ${reason}`,
  });
}
