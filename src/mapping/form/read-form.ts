import { DiagnosticSink } from '../diagnostics.js';
import { sourceFile } from '../source-file.js';
import { type MapNode, memberOf, readSourceTree, type ValueNode } from '../source-tree.js';
import type { FormBody, FormRule, FormSelection, FormValue, MappingForm, Source } from './form-model.js';
import { readCondition } from './read-condition.js';
import { isCovered, readSource } from './read-source.js';

type Path = readonly (string | number)[];

/** The text of one mapping file as a form; null when it is no YAML map: then only the text can be edited. Pure. */
export function readForm(text: string): MappingForm | null {
  const root = readSourceTree(sourceFile('mapping', text), new DiagnosticSink());
  if (root === null) return null;
  const rules = memberOf(root, 'rules');
  return {
    select: selectionOf(memberOf(root, 'select')),
    vars: valuesOf(memberOf(root, 'vars'), ['vars']),
    attributes: valuesOf(memberOf(root, 'attributes'), ['attributes']),
    rules:
      rules?.kind === 'list'
        ? rules.items.flatMap((item, index) => (item.kind === 'map' ? [ruleOf(item, index)] : []))
        : [],
  };
}

function selectionOf(node: ValueNode | null): readonly FormSelection[] {
  if (node === null) return [];
  if (node.kind !== 'map') return [{ name: '', path: ['select'], when: conditionOf(node) }];
  return node.entries.map(({ name, value }) => ({ name, path: ['select', name], when: conditionOf(value) }));
}

function conditionOf(node: ValueNode): FormSelection['when'] {
  return node.kind === 'text' ? readCondition(node.value.trim()) : readCondition(writtenOf(node));
}

function ruleOf(node: MapNode, index: number): FormRule {
  const name = memberOf(node, 'name');
  const note = memberOf(node, 'note');
  const off = memberOf(node, 'off');
  const cases = memberOf(node, 'cases');
  const path: Path = ['rules', index];
  return {
    name: name?.kind === 'text' ? name.value : '',
    note: note?.kind === 'text' ? note.value : null,
    off: off?.kind === 'fixed' && off.value === true,
    index,
    ...bodyOf(node, path),
    cases: cases?.kind === 'list' ? cases.items.map((item, at) => bodyOf(item, [...path, 'cases', at])) : [],
  };
}

function bodyOf(node: ValueNode, path: Path): FormBody {
  const when = memberOf(node, 'when');
  const remove = memberOf(node, 'remove');
  const exclude = memberOf(node, 'exclude');
  return {
    when: when === null ? null : conditionOf(when),
    set: valuesOf(memberOf(node, 'set'), [...path, 'set']),
    append: valuesOf(memberOf(node, 'append'), [...path, 'append']),
    remove: remove?.kind === 'list' ? remove.items.map(writtenOf) : [],
    exclude: exclude?.kind === 'text' ? exclude.value : null,
  };
}

function valuesOf(node: ValueNode | null, path: Path): readonly FormValue[] {
  if (node?.kind !== 'map') return [];
  return node.entries.map(({ name, value }) => ({
    name,
    path: [...path, name],
    source: sourceOfNode(value),
    written: writtenOf(value),
  }));
}

/** Lists and maps of values have no source of their own, but for `$text`, which is a fixed text. */
function sourceOfNode(node: ValueNode): Source | null {
  const written = writtenOf(node);
  const stretch = { start: 0, end: written.length, text: written };
  if (node.kind === 'text') return readSource(node.value.trim());
  if (node.kind === 'nothing') return { kind: 'nothing', ...stretch };
  if (node.kind === 'fixed') return { kind: 'fixed', ...stretch, value: node.value };
  const text = memberOf(node, '$text');
  if (text?.kind === 'text') return { kind: 'fixed', ...stretch, value: text.value };
  return null;
}

function writtenOf(node: ValueNode): string {
  if (node.kind === 'text') return node.value.trim();
  if (node.kind === 'nothing') return '';
  return node.kind === 'fixed' ? node.source : node.at.file.text.slice(node.at.start, node.at.end).trim();
}

/** How much of a form is shown without expressions: rows of conditions and values, those covered and all. */
export function coverageOf(form: MappingForm): {
  readonly values: number;
  readonly covered: number;
  readonly conditions: number;
  readonly coveredConditions: number;
} {
  const bodies = form.rules.flatMap((rule): readonly FormBody[] => [rule, ...rule.cases]);
  const values = [form.vars, form.attributes, ...bodies.flatMap(({ set, append }) => [set, append])].flat();
  const conditions = [
    ...form.select.map(({ when }) => when),
    ...bodies.flatMap(({ when }) => when ?? []),
  ].flat();
  const isRow = (part: (typeof conditions)[number]): boolean =>
    part.kind === 'row' || (part.kind === 'any' && part.rows.every(({ kind }) => kind === 'row'));
  return {
    values: values.length,
    covered: values.filter(({ source }) => source !== null && isCovered(source)).length,
    conditions: conditions.length,
    coveredConditions: conditions.filter(isRow).length,
  };
}
