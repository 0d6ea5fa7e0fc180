import { type JsonValue, sameJson } from '../../domain/json.js';
import { DiagnosticSink } from '../diagnostics.js';
import { sourceFile } from '../source-file.js';
import { type MapNode, memberOf, plainValue, readSourceTree, type ValueNode } from '../source-tree.js';
import type { FormEdit, FormPath } from './form-edit.js';
import { meantData } from './meant-data.js';
import { writeScalar } from './write-scalar.js';

/**
 * The text after an edit: stretches of the text are replaced, the rest stays letter by letter. Null when the edit is not possible without
 * moving anything else: the result is read again and compared with what was meant. Pure.
 */
export function editText(text: string, edit: FormEdit): string | null {
  const root = treeOf(text);
  if (root === null) return null;
  const next = spliced(text, root, edit);
  if (next === null) return null;
  const after = treeOf(next);
  const meant = meantData(plainValue(root) as JsonValue, edit);
  return after !== null && sameJson(plainValue(after) as JsonValue, meant) ? next : null;
}

function treeOf(text: string): MapNode | null {
  const sink = new DiagnosticSink();
  const root = readSourceTree(sourceFile('mapping', text), sink);
  return sink.hasErrors ? null : root;
}

function spliced(text: string, root: MapNode, edit: FormEdit): string | null {
  switch (edit.do) {
    case 'set':
      return withValue(text, root, edit);
    case 'remove':
      return without(text, root, edit.path);
    case 'move':
      return moved(text, root, edit);
    case 'duplicate':
      return duplicated(text, root, edit);
    case 'add rule':
      return withRule(text, root, edit);
  }
}

function nodeAt(root: ValueNode, path: FormPath): ValueNode | null {
  return path.reduce<ValueNode | null>((node, step) => {
    if (typeof step === 'string') return memberOf(node, step);
    return node?.kind === 'list' ? (node.items[step] ?? null) : null;
  }, root);
}

function withValue(text: string, root: MapNode, { path, value }: FormEdit & { do: 'set' }): string | null {
  const known = nodeAt(root, path);
  if (known !== null) return replaced(text, known, { value, root, path });
  const name = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  if (typeof name !== 'string') return null;
  if (parent?.kind === 'map' && parent.entries.length > 0) return withMember(text, parent, { name, value });
  return withSection(text, root, { path, value });
}

interface Wanted {
  readonly name: string;
  readonly value: string | boolean;
}

function replaced(
  text: string,
  node: ValueNode,
  {
    value,
    root,
    path,
  }: { readonly value: string | boolean; readonly root: MapNode; readonly path: FormPath },
): string | null {
  const owner = nodeAt(root, path.slice(0, -1));
  const flow = owner !== null && isFlow(text, owner);
  const keyLine = entryStart(owner, path.at(-1)) ?? node.at.start;
  const indent = columnOf(text, keyLine) + 2;
  const written = typeof value === 'boolean' ? String(value) : writeScalar(value, { flow, indent });
  if (node.kind === 'nothing' && node.at.start === keyLine) return insertAfterKey(text, node.at, written);
  return text.slice(0, node.at.start) + written + text.slice(trimmedEnd(text, node));
}

/** A member without a value: `title:` — what comes goes behind the colon. */
function insertAfterKey(text: string, key: { readonly end: number }, written: string): string {
  const colon = text.indexOf(':', key.end);
  return colon === -1 ? text : `${text.slice(0, colon + 1)} ${written}${text.slice(colon + 1)}`;
}

function trimmedEnd(text: string, { at }: ValueNode): number {
  return at.start + text.slice(at.start, at.end).trimEnd().length;
}

function isFlow(text: string, node: ValueNode): boolean {
  return text[node.at.start] === '{' || text[node.at.start] === '[' || insideFlow(text, node);
}

/** A block map inside { } cannot be; what stands behind an open bracket on its line is flow. */
function insideFlow(text: string, node: ValueNode): boolean {
  const line = text.slice(text.lastIndexOf('\n', node.at.start - 1) + 1, node.at.start);
  return /[{[][^}\]]*$/.test(line.replace(/"[^"]*"|'[^']*'/g, ''));
}

function entryStart(owner: ValueNode | null, name: string | number | undefined): number | null {
  if (owner?.kind !== 'map') return null;
  return owner.entries.find((entry) => entry.name === name)?.nameAt.start ?? null;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function withMember(text: string, parent: MapNode, { name, value }: Wanted): string | null {
  const last = parent.entries.at(-1);
  const first = parent.entries[0];
  if (last === undefined || first === undefined) return null;
  const flow = isFlow(text, parent);
  const column = columnOf(text, first.nameAt.start);
  const written =
    typeof value === 'boolean' ? String(value) : writeScalar(value, { flow, indent: column + 2 });
  const key = /^[A-Za-z_][\w.-]*$/.test(name) ? name : JSON.stringify(name);
  if (flow) {
    const end = trimmedEnd(
      text,
      last.value.kind === 'nothing' ? { ...last.value, at: last.nameAt } : last.value,
    );
    return `${text.slice(0, end)}, ${key}: ${written}${text.slice(end)}`;
  }
  const end = lineEnd(text, Math.max(last.nameAt.end, trimmedEnd(text, last.value)));
  return insertLine(text, end, `${' '.repeat(column)}${key}: ${written}`);
}

/** Puts a whole line behind the line that ends here. */
function insertLine(text: string, end: number, line: string): string {
  const before = text.slice(0, end);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  const after = text.slice(end);
  return `${before}${gap}${line}\n${after.startsWith('\n') ? after.slice(1) : after}`;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** A section of the file that is not there yet, with its first member; or the `set` of a rule. */
function withSection(
  text: string,
  root: MapNode,
  { path, value }: { readonly path: FormPath; readonly value: string | boolean },
): string | null {
  const name = path.at(-1);
  const section = path.at(-2);
  if (typeof name !== 'string' || typeof section !== 'string' || typeof value !== 'string') return null;
  const owner = nodeAt(root, path.slice(0, -2));
  if (owner?.kind !== 'map' || memberOf(owner, section) !== null || isFlow(text, owner)) return null;
  const [first] = owner.entries;
  const last = owner.entries.at(-1);
  if (first === undefined || last === undefined) return null;
  const column = columnOf(text, first.nameAt.start);
  const inner = ' '.repeat(column + 2);
  const line = `${' '.repeat(column)}${section}:\n${inner}${name}: ${writeScalar(value, { flow: false, indent: column + 4 })}`;
  return insertLine(text, lineEnd(text, Math.max(last.nameAt.end, trimmedEnd(text, last.value))), line);
}

/** The whole lines of a member or an item, with the comment lines directly above. Null: it shares its line with others. */
function linesOf(text: string, root: MapNode, path: FormPath): { start: number; end: number } | null {
  const owner = nodeAt(root, path.slice(0, -1));
  const node = nodeAt(root, path);
  if (owner === null || node === null || isFlow(text, owner)) return null;
  const begin = entryStart(owner, path.at(-1)) ?? node.at.start;
  const lineStart = text.lastIndexOf('\n', begin - 1) + 1;
  const before = text.slice(lineStart, begin);
  if (!/^ *(- +)?$/.test(before) || (owner.kind === 'map' && before.includes('-'))) return null;
  let start = lineStart;
  for (;;) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !/^ *#/.test(text.slice(above, start))) break;
    start = above;
  }
  const contentEnd = node.kind === 'nothing' ? begin : trimmedEnd(text, node) - 1;
  return { start, end: lineEnd(text, Math.max(begin, contentEnd)) };
}

function without(text: string, root: MapNode, path: FormPath): string | null {
  const owner = nodeAt(root, path.slice(0, -1));
  const count =
    owner?.kind === 'map' ? owner.entries.length : owner?.kind === 'list' ? owner.items.length : 0;
  // The last one takes its section with it: an empty one would be nothing, which is refused.
  if (count === 1 && path.length > 1) return without(text, root, path.slice(0, -1));
  const lines = linesOf(text, root, path);
  return lines === null ? null : text.slice(0, lines.start) + text.slice(lines.end);
}

function moved(text: string, root: MapNode, { path, to }: FormEdit & { do: 'move' }): string | null {
  const from = path.at(-1);
  if (typeof from !== 'number') return null;
  const list = path.slice(0, -1);
  const own = linesOf(text, root, path);
  const target = linesOf(text, root, [...list, to]);
  if (own === null || target === null || from === to) return null;
  const block = text.slice(own.start, own.end);
  const whole = block.endsWith('\n') ? block : `${block}\n`;
  if (to < from)
    return text.slice(0, target.start) + whole + text.slice(target.start, own.start) + text.slice(own.end);
  const rest = text.slice(own.end, target.end);
  return (
    text.slice(0, own.start) + (rest.endsWith('\n') ? rest : `${rest}\n`) + whole + text.slice(target.end)
  );
}

function duplicated(
  text: string,
  root: MapNode,
  { path, name }: FormEdit & { do: 'duplicate' },
): string | null {
  const own = linesOf(text, root, path);
  const title = nodeAt(root, [...path, 'name']);
  if (own === null || title === null) return null;
  const end = trimmedEnd(text, title);
  const copy = text.slice(own.start, title.at.start) + nameScalar(name) + text.slice(end, own.end);
  const gap = text.slice(own.start, own.end).endsWith('\n') ? '' : '\n';
  return text.slice(0, own.end) + gap + copy + text.slice(own.end);
}

function withRule(text: string, root: MapNode, rule: FormEdit & { do: 'add rule' }): string | null {
  const rules = memberOf(root, 'rules');
  const last = rules?.kind === 'list' ? rules.items.at(-1) : undefined;
  if (rules !== null && (last === undefined || isFlow(text, rules))) return null;
  const dash = last === undefined ? 2 : columnOf(text, last.at.start) - 2;
  const inner = ' '.repeat(dash + 2);
  const scalar = (value: string, more = 0): string =>
    writeScalar(value, { flow: false, indent: dash + 4 + more });
  const lines = [
    `${' '.repeat(dash)}- name: ${nameScalar(rule.name)}`,
    ...(rule.when === null ? [] : [`${inner}when: ${scalar(rule.when)}`]),
    `${inner}set:`,
    ...Object.entries(rule.set).map(([name, value]) => `${inner}  ${name}: ${scalar(value, 2)}`),
  ];
  if (last === undefined) return insertLine(text, text.length, ['rules:', ...lines].join('\n'));
  return insertLine(text, lineEnd(text, trimmedEnd(text, last)), lines.join('\n'));
}

/** A name is a text whatever it looks like. */
function nameScalar(name: string): string {
  const written = writeScalar(name, { flow: false, indent: 0 });
  return written.includes('\n') ? JSON.stringify(name) : written;
}
