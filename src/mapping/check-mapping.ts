import { type CelType, type DeclaredType, kindOf } from './cel-types.js';
import type { CheckedBody, CheckedMapping, CheckedPart, CheckedRule } from './checked-mapping.js';
import { bodiesOf } from './checked-mapping.js';
import { type CheckedValue, typeOfValue } from './checked-value.js';
import { Checker } from './checker.js';
import type { DiagnosticSink } from './diagnostics.js';
import { newScope, type Scope } from './environment.js';
import { knownAttributes } from './free-attributes.js';
import type { MergedMapping, Part } from './layers.js';
import { filledParams } from './params.js';
import { memberOf, type ValueNode } from './source-tree.js';
import { VARIABLES } from './vocabulary.js';

/** What checking depends on besides the files. */
export interface CheckRequest {
  readonly settings: Readonly<Record<string, unknown>>;
  /** The catalog's free attributes, or null when they are not known. */
  readonly attributes: ReadonlyMap<string, DeclaredType> | null;
  /** Options variants have: name → how many have it. */
  readonly options: ReadonlyMap<string, number>;
}

/** Checks every expression of a merged mapping and reports all faults. */
export function checkMapping(
  merged: MergedMapping,
  request: CheckRequest,
  sink: DiagnosticSink,
): CheckedMapping {
  const params = filledParams(merged.params, request.settings, sink);
  const attributes =
    request.attributes === null
      ? null
      : knownAttributes(merged, { attributes: request.attributes, options: request.options }, sink);
  const rows = params.flatMap((param) => (param.row === null ? [] : [param.row]));
  const scope = newScope({ ...VARIABLES, nul_: 'dyn' }, attributes, rows);
  for (const param of params) scope.declare(`params_${param.name}`, param.type);
  const checker = new Checker(sink, [...(attributes?.keys() ?? [])]);
  const vars = merged.vars.map((part) => checkVar(part, scope, { checker, sink }));
  const values = merged.attributes.map((part) => checkPart(part, scope, { checker, section: 'attributes' }));
  const select = merged.select.flatMap((part) => {
    const condition = checker.condition(part.node, scope, `select.${part.name}`);
    return condition === null ? [] : [{ name: part.name, condition }];
  });
  declareListing(merged, values, scope);
  const rules = merged.rules.flatMap((part, index) =>
    checkRule(part, scope, { checker, path: `rules[${index}]` }),
  );
  return { params, select, vars, attributes: values, rules };
}

interface PartContext {
  readonly checker: Checker;
  readonly section: string;
}

function checkPart(part: Part, scope: Scope, context: PartContext): CheckedPart {
  const value = context.checker.value(part.node, scope, `${context.section}.${part.name}`);
  return { name: part.name, nameAt: part.nameAt, by: part.by, value };
}

/** A var may use the vars above it; one that takes another's place must be of the same type. */
function checkVar(
  part: Part,
  scope: Scope,
  context: { checker: Checker; sink: DiagnosticSink },
): CheckedPart {
  const { checker, sink } = context;
  const path = `vars.${part.name}`;
  if (!/^[A-Za-z_]\w*$/.test(part.name)) {
    sink.error('bad_name', part.nameAt, 'a var is named with letters, digits and _', { path });
  }
  const checked = checkPart(part, scope, { checker, section: 'vars' });
  const type = typeOfValue(checked.value);
  const below = part.below === null ? null : typeOfValue(checker.value(part.below.node, scope, path));
  if (below !== null && !sameType(below, type)) {
    sink.error(
      'var_type',
      part.nameAt,
      `vars.${part.name} is ${nameOf(below)} in the mapping it extends, here it is ${nameOf(type)}`,
      { path },
    );
  }
  scope.declare(`vars_${part.name}`, checked.value.kind === 'nothing' ? (below ?? 'dyn') : type);
  return checked;
}

function nameOf(type: CelType | string): string {
  return typeof type === 'string' ? type : type.name;
}

function sameType(a: CelType | string, b: CelType | string): boolean {
  const names = [nameOf(a), nameOf(b)].map((name) => (name === 'int' ? 'double' : name));
  return names[0] === names[1] || names.some((name) => /\bdyn\b|\b[A-Z]\b/.test(name ?? ''));
}

/** Rules see the listing's attributes: as text where amounts, measures and instants are already written. */
function declareListing(merged: MergedMapping, values: readonly CheckedPart[], scope: Scope): void {
  const changed = new Set(merged.rules.flatMap((rule) => changedBy(rule.node)));
  for (const part of values) {
    if (/^\w+$/.test(part.name))
      scope.declare(`listing_${part.name}`, changed.has(part.name) ? 'dyn' : writtenType(part.value));
  }
  for (const name of changed) if (/^\w+$/.test(name)) scope.declare(`listing_${name}`, 'dyn');
}

function changedBy(node: ValueNode): string[] {
  const names = ['set', 'append'].flatMap((key) => {
    const section = memberOf(node, key);
    return section?.kind === 'map' ? section.entries.map((entry) => entry.name) : [];
  });
  const cases = memberOf(node, 'cases');
  return cases?.kind === 'list' ? [...names, ...cases.items.flatMap(changedBy)] : names;
}

function writtenType(value: CheckedValue): CelType | string {
  const type = typeOfValue(value);
  if (typeof type === 'string') return type;
  const kind = kindOf(type);
  if (kind === 'money' || kind === 'measure' || kind === 'instant') return 'string';
  return kind === 'list' || kind === 'map' || kind === 'record' ? 'dyn' : type;
}

function checkRule(part: Part, scope: Scope, context: { checker: Checker; path: string }): CheckedRule[] {
  const off = memberOf(part.node, 'off');
  const body = checkBody(part.node, scope, { ...context, by: part.by });
  if (off?.kind === 'fixed' && off.value === true) return [];
  return [{ name: part.name, nameAt: part.nameAt, by: part.by, body }];
}

function checkBody(
  node: ValueNode,
  scope: Scope,
  context: { checker: Checker; path: string; by: Part['by'] },
): CheckedBody {
  const { checker, path, by } = context;
  const whenNode = memberOf(node, 'when');
  const values = (key: string): CheckedPart[] => {
    const section = memberOf(node, key);
    if (section?.kind !== 'map') return [];
    return section.entries.map((entry) => ({
      name: entry.name,
      nameAt: entry.nameAt,
      by,
      value: checker.value(entry.value, scope, `${path}.${key}.${entry.name}`),
    }));
  };
  const remove = memberOf(node, 'remove');
  const exclude = memberOf(node, 'exclude');
  const cases = memberOf(node, 'cases');
  return {
    when: whenNode === null ? null : checker.condition(whenNode, scope, `${path}.when`),
    set: values('set'),
    append: values('append'),
    remove:
      remove?.kind === 'list'
        ? remove.items.flatMap((item) => (item.kind === 'text' ? [{ name: item.value, at: item.at }] : []))
        : [],
    exclude: exclude?.kind === 'text' ? exclude.value : null,
    cases:
      cases?.kind === 'list'
        ? cases.items.map((item, index) =>
            checkBody(item, scope, { ...context, path: `${path}.cases[${index}]` }),
          )
        : [],
  };
}

/** All rule bodies of a mapping. */
export function allBodies(mapping: CheckedMapping): readonly CheckedBody[] {
  return mapping.rules.flatMap((rule) => bodiesOf(rule.body));
}
