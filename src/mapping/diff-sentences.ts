import { sameJson } from '../domain/json.js';
import { DiagnosticSink } from './diagnostics.js';
import { sourceFile } from './source-file.js';
import { type MapNode, memberOf, plainValue, readSourceTree, type ValueNode } from './source-tree.js';

/** Sections of named parts, and what one of them is called. */
const NAMED: readonly (readonly [section: string, what: string])[] = [
  ['params', 'the parameter'],
  ['select', 'the condition'],
  ['vars', 'the variable'],
  ['attributes', 'the attribute'],
  ['expects', 'the expected attribute'],
];
const PLAIN = ['connector', 'extends', 'title', 'notes', 'language'];
const LONGEST = 80;

/** What differs between two texts of a mapping, a sentence each, in the order of the file; null when one of them is no mapping. Pure. */
export function diffSentences(before: string, after: string): readonly string[] | null {
  const was = treeOf(before);
  const is = treeOf(after);
  if (was === null || is === null) return null;
  return [
    ...PLAIN.flatMap((name) => plainSentences(name, memberOf(was, name), memberOf(is, name))),
    ...NAMED.flatMap(([section, what]) =>
      namedSentences(what, namedParts(memberOf(was, section)), namedParts(memberOf(is, section))),
    ),
    ...ruleSentences(rulesOf(was), rulesOf(is)),
  ];
}

function treeOf(text: string): MapNode | null {
  return readSourceTree(sourceFile('mapping', text), new DiagnosticSink());
}

function plainSentences(name: string, was: ValueNode | null, is: ValueNode | null): string[] {
  return sameNode(was, is) ? [] : [`${name}: ${shown(was)} → ${shown(is)}`];
}

/** A selection of one condition has no name. */
function namedParts(node: ValueNode | null): ReadonlyMap<string, ValueNode> {
  if (node?.kind === 'map') return new Map(node.entries.map(({ name, value }) => [name, value]));
  return new Map(node === null ? [] : [['', node]]);
}

function namedSentences(
  what: string,
  was: ReadonlyMap<string, ValueNode>,
  is: ReadonlyMap<string, ValueNode>,
): string[] {
  const sentences: string[] = [];
  for (const [name, node] of is) {
    const before = was.get(name) ?? null;
    if (before === null) sentences.push(`${what} ${name} is new: ${shown(node)}`);
    else if (!sameNode(before, node)) sentences.push(`${what} ${name}: ${shown(before)} → ${shown(node)}`);
  }
  for (const [name, node] of was)
    if (!is.has(name)) sentences.push(`${what} ${name} is gone (it was ${shown(node)})`);
  return sentences;
}

function rulesOf(root: MapNode): ReadonlyMap<string, ValueNode> {
  const list = memberOf(root, 'rules');
  const items = list?.kind === 'list' ? list.items : [];
  return new Map(items.map((item, at) => [nameOf(item, at), item]));
}

function nameOf(rule: ValueNode, at: number): string {
  const name = memberOf(rule, 'name');
  return name?.kind === 'text' ? name.value : `number ${at + 1}`;
}

function ruleSentences(was: ReadonlyMap<string, ValueNode>, is: ReadonlyMap<string, ValueNode>): string[] {
  const kept = [...was.keys()].filter((name) => is.has(name));
  const order = [...is.keys()].filter((name) => was.has(name));
  const moved = kept.some((name, at) => order[at] !== name);
  return [
    ...[...is].flatMap(([name, rule]) => {
      const before = was.get(name);
      if (before === undefined) return [`the rule “${name}” is new`];
      return changesOfRule(before, rule).map((change) => `the rule “${name}”: ${change}`);
    }),
    ...[...was.keys()].filter((name) => !is.has(name)).map((name) => `the rule “${name}” is gone`),
    ...(moved ? [`the rules come in another order: ${order.map((name) => `“${name}”`).join(', ')}`] : []),
  ];
}

function changesOfRule(was: ValueNode, is: ValueNode): string[] {
  const before = namedParts(was);
  const after = namedParts(is);
  const off = isOff(after.get('off'));
  const switched = isOff(before.get('off')) === off ? [] : [off ? 'switched off' : 'switched on'];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => name !== 'off');
  return [
    ...switched,
    ...names.flatMap((name) => {
      const old = before.get(name) ?? null;
      const now = after.get(name) ?? null;
      if (sameNode(old, now)) return [];
      const inner = name === 'set' || name === 'append';
      return inner
        ? namedSentences(name === 'set' ? 'sets' : 'adds to', namedParts(old), namedParts(now))
        : [`${name}: ${shown(old)} → ${shown(now)}`];
    }),
  ];
}

function isOff(node: ValueNode | undefined): boolean {
  return node?.kind === 'fixed' && node.value === true;
}

function sameNode(one: ValueNode | null, other: ValueNode | null): boolean {
  if (one === null || other === null) return one === other;
  return sameJson(plainValue(one) as never, plainValue(other) as never);
}

function shown(node: ValueNode | null): string {
  if (node === null || node.kind === 'nothing') return 'nothing';
  const value = plainValue(node);
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
