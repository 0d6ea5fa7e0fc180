import { allBodies } from './check-mapping.js';
import type { CheckedMapping } from './checked-mapping.js';
import { bodiesOf } from './checked-mapping.js';
import { type CheckedExpression, expressionsOf } from './checked-value.js';
import type { DiagnosticSink } from './diagnostics.js';
import { type Expression, visit } from './expression-tree.js';
import type { Program } from './program.js';
import { groupsOf } from './reads.js';
import { placeInFile } from './scalar-map.js';
import { mayBeMissing, type Trap, trapsOf } from './traps.js';

/** What warnings depend on besides the mapping. */
export interface TrapContext {
  readonly sink: DiagnosticSink;
  /** Attributes that may travel without the rest; null: not known, labels and texts are taken for content. */
  readonly offer: ReadonlySet<string> | null;
}

/** Warns of what loads and runs but is probably not meant. Needs no data. */
export function warnOfTraps(mapping: CheckedMapping, program: Program, { sink, offer }: TrapContext): void {
  const expressions = allExpressions(mapping);
  for (const trap of expressions.flatMap(trapsOf)) warnOfMissing(trap, sink);
  warnOfUnusedVars(mapping, expressions, sink);
  warnOfStockInContent(mapping, program, { sink, offer });
  warnOfConstantConditions(mapping, program, sink);
  warnOfSetTwice(mapping, sink);
}

/** Every expression of a mapping. */
export function allExpressions(mapping: CheckedMapping): readonly CheckedExpression[] {
  const values = [
    ...mapping.vars,
    ...mapping.attributes,
    ...allBodies(mapping).flatMap((body) => [...body.set, ...body.append]),
  ];
  const conditions = [
    ...mapping.select.map(({ condition }) => condition),
    ...allBodies(mapping).flatMap((body) => (body.when === null ? [] : [body.when])),
  ];
  return [...conditions, ...values.flatMap((part) => expressionsOf(part.value))];
}

/** Codes of warnings that a look at real rows makes exact or takes back. */
export const SUPPOSED: ReadonlySet<string> = new Set(['negated_comparison', 'unequal_missing']);

function warnOfMissing(trap: Trap, sink: DiagnosticSink): void {
  if (trap.kind === 'sum' || !trap.operands.some(mayBeMissing)) return;
  const { source, path } = trap.checked;
  const place = placeInFile(source.at, source.value, trap.at);
  const code = trap.kind === 'negated' ? 'negated_comparison' : 'unequal_missing';
  sink.warning(code, place, 'this is true when a value is missing', { hint: hintOf(trap), path });
}

/** How a trap is avoided. */
export function hintOf({ kind, whole, checked }: Trap): string {
  if (kind === 'sum')
    return 'words([…]) leaves out what is missing; default(x, "…") puts something in its place';
  if (kind === 'negated') {
    const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' }[whole.operator as '<'];
    return `write ${opposite} if a missing value should not count`;
  }
  const side = mayBeMissing(whole.left) ? whole.left : whole.right;
  return `write has(${checked.source.value.slice(side.start, side.end)}) && … if a missing value should not count`;
}

function warnOfUnusedVars(
  mapping: CheckedMapping,
  expressions: readonly CheckedExpression[],
  sink: DiagnosticSink,
): void {
  const used = new Set<string>();
  for (const { expression } of expressions) {
    visit(expression, (part) => {
      if (part.kind === 'given' && part.group === 'vars') used.add(part.name);
    });
  }
  for (const { name, nameAt, by } of mapping.vars) {
    // The connector's own vars are there to be used by mappings that extend it.
    if (used.has(name) || by === 'default') continue;
    sink.warning('unused_var', nameAt, `nothing uses vars.${name}`, { path: `vars.${name}` });
  }
}

/** Content that reads stock travels again as a whole with each sale. */
function warnOfStockInContent(mapping: CheckedMapping, program: Program, { sink, offer }: TrapContext): void {
  const parts = [
    ...mapping.attributes,
    ...allBodies(mapping).flatMap((body) => [...body.set, ...body.append]),
  ];
  const warned = new Set<string>();
  for (const { name, nameAt } of parts) {
    const isContent = offer === null ? /label|title|description/i.test(name) : !offer.has(name);
    if (warned.has(name) || !isContent) continue;
    if (!groupsOf(program.reads.get(name) ?? []).has('stock')) continue;
    warned.add(name);
    sink.warning(
      'content_reads_stock',
      nameAt,
      `${name} changes with every sale: the whole listing is sent again each time`,
      { path: name },
    );
  }
}

/** A condition that answers the same for every variant and channel. */
export interface ConstantCondition {
  readonly condition: CheckedExpression;
  readonly holds: boolean;
}

/** Conditions that read nothing. */
export function constantConditions(mapping: CheckedMapping, program: Program): readonly ConstantCondition[] {
  const found: ConstantCondition[] = [];
  const take = (condition: CheckedExpression | null | undefined, holds: boolean | null | undefined) => {
    if (condition && typeof holds === 'boolean') found.push({ condition, holds });
  };
  for (const { checked, when } of program.rules.flatMap(({ body }) => bodiesOf(body)))
    take(checked.when, when?.constant);
  for (const [index, { constant }] of program.select.entries())
    take(mapping.select[index]?.condition, constant);
  return found;
}

function warnOfConstantConditions(mapping: CheckedMapping, program: Program, sink: DiagnosticSink): void {
  for (const { condition, holds } of constantConditions(mapping, program)) {
    const whole = { start: 0, end: condition.source.value.length };
    const place = placeInFile(condition.source.at, condition.source.value, whole);
    const message = holds ? 'this always holds' : 'this never holds';
    const isRule = condition.path.startsWith('rules');
    const advice = holds ? 'leave out when' : 'write off: true to keep a rule without applying it';
    sink.warning('constant_condition', place, message, {
      hint: isRule ? advice : null,
      path: condition.path,
    });
  }
}

function warnOfSetTwice(mapping: CheckedMapping, sink: DiagnosticSink): void {
  const setBy = new Map<string, string>();
  for (const rule of mapping.rules) {
    const always = bodiesOf(rule.body).filter((body) => body.when === null && body === rule.body);
    for (const part of always.flatMap((body) => body.set)) {
      const before = setBy.get(part.name);
      const usesListing = expressionsOf(part.value).some(({ expression }) =>
        mentionsListing(expression, part.name),
      );
      if (before !== undefined && !usesListing) {
        sink.warning('set_twice', part.nameAt, `this replaces what the rule "${before}" sets`, {
          hint: `use listing.${part.name} to build on it`,
          path: part.name,
        });
      }
    }
    for (const part of bodiesOf(rule.body).flatMap((body) => body.set)) setBy.set(part.name, rule.name);
  }
}

function mentionsListing(expression: Expression, name: string): boolean {
  let found = false;
  visit(expression, (part) => {
    if (part.kind === 'given' && part.group === 'listing' && part.name === name) found = true;
  });
  return found;
}
