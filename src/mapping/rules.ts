import type { CheckedBody, CheckedPart, CheckedRule } from './checked-mapping.js';
import { type Code, constantValue, type Run } from './code.js';
import { compileCondition, compileWritten, type ValueCompiler } from './compile-value.js';
import type { Frame } from './frame.js';
import { isList } from './functions/arguments.js';
import type { Value } from './functions/definition.js';

/** Paths each attribute depends on so far; rules add to it in their order. */
export type ReadLedger = Map<string, Set<string>>;

interface Change {
  readonly name: string;
  readonly run: Run;
  readonly part: CheckedPart;
}

/** A condition, ready to run. */
export interface CompiledCondition {
  readonly run: Run;
  /** What it always answers, when it reads nothing; null: it depends on something. */
  readonly constant: boolean | null;
}

/** A condition of checked code. */
export function conditionOf(code: Code): CompiledCondition {
  const constant = code.constant && code.reads.size === 0 ? constantValue(code) === true : null;
  return { run: code.run, constant };
}

/** A rule's body, ready to run. */
export interface CompiledBody {
  readonly checked: CheckedBody;
  readonly when: CompiledCondition | null;
  /** Paths its condition reads. */
  readonly asks: readonly string[];
  readonly set: readonly Change[];
  readonly append: readonly Change[];
  readonly remove: readonly string[];
  readonly exclude: string | null;
  readonly cases: readonly CompiledBody[];
}

/** A rule, ready to run. */
export interface CompiledRule {
  readonly rule: CheckedRule;
  readonly body: CompiledBody;
}

/** What compiling rules adds to: reads of attributes and of exclusions. */
export interface RuleReads {
  readonly ledger: ReadLedger;
  readonly exclusion: Set<string>;
}

/** Compiles a rule. What its condition reads, every attribute it changes depends on. */
export function compileRule(rule: CheckedRule, compiler: ValueCompiler, reads: RuleReads): CompiledRule {
  return { rule, body: compileBody(rule.body, compiler, { reads, outer: [] }) };
}

interface BodyContext {
  readonly reads: RuleReads;
  /** Paths of the conditions around. */
  readonly outer: readonly string[];
}

function compileBody(body: CheckedBody, compiler: ValueCompiler, context: BodyContext): CompiledBody {
  const when = body.when === null ? null : compileCondition(body.when, compiler);
  const outer = [...context.outer, ...(when?.reads ?? [])];
  const inner = { ...context, outer };
  if (body.exclude !== null) for (const path of outer) context.reads.exclusion.add(path);
  const change = (part: CheckedPart): Change => {
    const code = compileWritten(part.value, compiler);
    record(context.reads.ledger, part.name, [...outer, ...code.reads]);
    return { name: part.name, run: code.run, part };
  };
  const set = body.set.map(change);
  const append = body.append.map(change);
  for (const { name } of body.remove) record(context.reads.ledger, name, outer);
  // A later case applies only if the earlier ones did not, so it depends on their conditions too.
  const cases: CompiledBody[] = [];
  let before = outer;
  for (const one of body.cases) {
    const compiled = compileBody(one, compiler, { ...inner, outer: before });
    cases.push(compiled);
    before = [...before, ...compiled.asks];
  }
  const asks = [...(when?.reads ?? [])];
  return {
    checked: body,
    when: when === null ? null : conditionOf(when),
    asks,
    set,
    append,
    remove: body.remove.map(({ name }) => name),
    exclude: body.exclude,
    cases,
  };
}

function record(ledger: ReadLedger, name: string, paths: Iterable<string>): void {
  const known = ledger.get(name) ?? new Set<string>();
  for (const path of paths) known.add(path);
  ledger.set(name, known);
}

/** Told about what rules do: by `explain`, by samples and when drafts are compared. */
export interface RuleObserver {
  /** What follows is this rule's doing. */
  began?(rule: CompiledRule): void;
  asked(holds: boolean, body: CompiledBody): void;
  /** An attribute was written; `before` is what stood there. */
  changed(part: CheckedPart | null, name: string, value: Value, before: Value): void;
  /** The rule keeps the variant off the channel. */
  excluded?(rule: CompiledRule): void;
}

/**
 * Applies a rule to the frame's listing: set, append, remove, the first case that holds, then exclude. True when it applied,
 * false when its condition did not hold, a text when it excludes the listing: the reason.
 */
export function applyBody(body: CompiledBody, frame: Frame, observer: RuleObserver | null): boolean | string {
  if (body.when !== null) {
    const holds = body.when.run(frame) === true;
    observer?.asked(holds, body);
    if (!holds) return false;
  }
  for (const change of body.set) {
    frame.attribute = change.name;
    put(frame, change, change.run(frame), observer);
  }
  for (const change of body.append) {
    frame.attribute = change.name;
    const added = change.run(frame);
    if (added !== null) put(frame, change, appended(current(frame, change.name), added), observer);
  }
  for (const name of body.remove) {
    const before = observer === null ? null : current(frame, name);
    delete frame.listing[name];
    observer?.changed(null, name, null, before);
  }
  frame.attribute = null;
  for (const one of body.cases) {
    const applied = applyBody(one, frame, observer);
    if (typeof applied === 'string') return applied;
    if (applied) break;
  }
  return body.exclude ?? true;
}

function put(frame: Frame, change: Change, value: Value, observer: RuleObserver | null): void {
  const before = observer === null ? null : current(frame, change.name);
  if (value === null) delete frame.listing[change.name];
  else frame.listing[change.name] = value;
  observer?.changed(change.part, change.name, value, before);
}

function current(frame: Frame, name: string): Value {
  return Object.hasOwn(frame.listing, name) ? (frame.listing[name] ?? null) : null;
}

function appended(before: Value, added: Value): Value {
  const base = before === null ? [] : isList(before) ? before : [before];
  return isList(added) ? [...base, ...added] : [...base, added];
}
