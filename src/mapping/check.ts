import { allBodies } from './check-mapping.js';
import type { CheckedMapping } from './checked-mapping.js';
import { bodiesOf } from './checked-mapping.js';
import { type CheckedExpression, expressionsOf } from './checked-value.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { Expression } from './expression-tree.js';
import type { Program } from './program.js';
import { groupsOf } from './reads.js';
import { placeInFile } from './scalar-map.js';

/** Warns of what loads and runs but is probably not meant. Needs no data. */
export function warnOfTraps(mapping: CheckedMapping, program: Program, sink: DiagnosticSink): void {
  const expressions = allExpressions(mapping);
  for (const checked of expressions) {
    visit(checked.expression, (part) => warnOfNegatedComparison(checked, part, sink));
  }
  warnOfUnusedVars(mapping, expressions, sink);
  warnOfLabelsWithStock(mapping, program, sink);
  warnOfSetTwice(mapping, sink);
}

function allExpressions(mapping: CheckedMapping): readonly CheckedExpression[] {
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

/** Calls back for an expression and all its parts. */
export function visit(expression: Expression, see: (part: Expression) => void): void {
  see(expression);
  for (const part of partsOf(expression)) visit(part, see);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'field':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
    case 'call':
      return expression.args;
    case 'loop':
      return [expression.list, ...(expression.keep === null ? [] : [expression.keep]), expression.body];
    case 'bind':
      return [expression.value, expression.body];
    case 'list':
      return expression.items;
    case 'map':
      return expression.entries.flat();
    case 'choice':
      return [expression.condition, expression.chosen, expression.otherwise];
    case 'and':
    case 'or':
    case 'binary':
      return [expression.left, expression.right];
    case 'not':
    case 'negate':
      return [expression.operand];
    default:
      return [];
  }
}

/** `!(x < 5)` is true when x is missing. */
function warnOfNegatedComparison(checked: CheckedExpression, part: Expression, sink: DiagnosticSink): void {
  if (part.kind !== 'not' || part.operand.kind !== 'binary' || !/^[<>]/.test(part.operand.operator)) return;
  const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' }[part.operand.operator as '<'];
  const place = placeInFile(checked.source.at, checked.source.value, part);
  sink.warning('negated_comparison', place, 'this is true when a value is missing', {
    hint: `write ${opposite} if a missing value should not count`,
    path: checked.path,
  });
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

/** A label that reads stock makes the whole content travel again with each sale. */
function warnOfLabelsWithStock(mapping: CheckedMapping, program: Program, sink: DiagnosticSink): void {
  const parts = [
    ...mapping.attributes,
    ...allBodies(mapping).flatMap((body) => [...body.set, ...body.append]),
  ];
  const warned = new Set<string>();
  for (const { name, nameAt } of parts) {
    if (warned.has(name) || !/label|title|description/i.test(name)) continue;
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
