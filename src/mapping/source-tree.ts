import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import type { DiagnosticSink } from './diagnostics.js';
import { LIMITS } from './limits.js';
import type { ScalarPlace, ScalarStyle } from './scalar-map.js';
import type { Place, SourceFile } from './source-file.js';

/** A text of the file: an expression wherever the mapping expects a value. */
export interface TextNode {
  readonly kind: 'text';
  readonly value: string;
  readonly at: ScalarPlace;
}

/** A number, yes or no. `source` is how it is written: `$text: 007` keeps its zeros. */
export interface FixedNode {
  readonly kind: 'fixed';
  readonly value: number | boolean;
  readonly source: string;
  readonly at: Place;
}

/** Nothing: `null`, `~` or an empty value. */
export interface NothingNode {
  readonly kind: 'nothing';
  readonly at: Place;
}

/** A list of values. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ValueNode[];
  readonly at: Place;
}

/** One `name: value` of a map. */
export interface Entry {
  readonly name: string;
  readonly nameAt: Place;
  readonly value: ValueNode;
}

/** A map in the order of the file. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly at: Place;
}

/** What a mapping file is made of, each part with its place. */
export type ValueNode = TextNode | FixedNode | NothingNode | ListNode | MapNode;

/** The value of a member of a map, or nothing. */
export function memberOf(node: ValueNode | null, name: string): ValueNode | null {
  if (node?.kind !== 'map') return null;
  return node.entries.find((entry) => entry.name === name)?.value ?? null;
}

/** The node as plain data, for the check of the file's shape. */
export function plainValue(node: ValueNode): unknown {
  switch (node.kind) {
    case 'text':
    case 'fixed':
      return node.value;
    case 'nothing':
      return null;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.name, plainValue(entry.value)]));
  }
}

const TRAPS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  BLOCK_AS_IMPLICIT_KEY: [
    '": " is not allowed in a bare expression',
    'put it in quotes or a | block, or use when(condition, a, b)',
  ],
  BLOCK_IN_FLOW: [
    '": " is not allowed in a bare expression inside { }',
    'put it in quotes or use block style',
  ],
  MISSING_CHAR: [
    'a comma ends the value inside { } and [ ]',
    'use block style, or put the expression in quotes',
  ],
  DUPLICATE_KEY: ['this name is given twice', 'keep one of the two'],
};

/** Reads a YAML file into a tree with places. Reports the first error only: one slip makes YAML report dozens. */
export function readSourceTree(file: SourceFile, sink: DiagnosticSink): MapNode | null {
  if (file.text.length > LIMITS.fileCharacters) {
    sink.error(
      'file_too_large',
      { file, start: 0, end: 0 },
      `a mapping may have ${LIMITS.fileCharacters} characters`,
    );
    return null;
  }
  const document = parseDocument(file.text, { prettyErrors: false, logLevel: 'silent', stringKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    reportYaml(file, sink, error);
    return null;
  }
  const [warning] = document.warnings;
  if (warning !== undefined) {
    const place = { file, start: warning.pos[0], end: warning.pos[1] };
    sink.error('yaml_tag', place, 'a value cannot start with !', {
      hint: 'YAML takes it for a tag: put the expression in quotes',
    });
    return null;
  }
  const root = document.contents === null ? null : convert(file, sink, document.contents);
  if (root?.kind === 'map') return root;
  if (!sink.hasErrors) {
    sink.error(
      'not_a_mapping',
      { file, start: 0, end: 0 },
      'a mapping file is a YAML map that begins with "connector:"',
    );
  }
  return null;
}

function reportYaml(
  file: SourceFile,
  sink: DiagnosticSink,
  error: { code: string; message: string; pos: [number, number] },
): void {
  let [start, end] = error.pos;
  const trap = TRAPS[error.code];
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'BLOCK_IN_FLOW') {
    const lineEnd = file.text.indexOf('\n', start);
    const colon = file.text.slice(start, lineEnd === -1 ? undefined : lineEnd).search(/:\s/);
    if (colon !== -1) [start, end] = [start + colon, start + colon + 1];
  }
  const afterNode = error.code === 'UNEXPECTED_TOKEN' && /["\]'}]\s*$/.test(file.text.slice(0, start));
  if (trap !== undefined) sink.error('yaml', { file, start, end }, trap[0], { hint: trap[1] });
  else if (afterNode) {
    sink.error('yaml', { file, start, end }, 'nothing may follow the closing quote or bracket', {
      hint: 'YAML ends the value there: put the whole expression in quotes, or write joined([a, b], "/")',
    });
  } else sink.error('yaml', { file, start, end }, error.message);
}

function convert(file: SourceFile, sink: DiagnosticSink, node: Node): ValueNode {
  const [start, valueEnd] = node.range ?? [0, 0, 0];
  const at = { file, start, end: valueEnd };
  if (isAlias(node)) return refuseAlias(sink, at);
  if ('anchor' in node && node.anchor !== undefined) return refuseAlias(sink, at);
  if (isScalar(node)) return scalarNode(node, at);
  if (isSeq(node)) {
    return { kind: 'list', at, items: node.items.map((item) => convert(file, sink, item as Node)) };
  }
  if (!isMap(node)) return { kind: 'nothing', at };
  const entries: Entry[] = [];
  for (const pair of node.items as Pair<Scalar, Node | null>[]) {
    const [keyStart, keyEnd] = pair.key.range ?? [0, 0, 0];
    const nameAt = { file, start: keyStart, end: keyEnd };
    const name = String(pair.key.value);
    if (name === '<<') refuseAlias(sink, nameAt);
    if (name === '__proto__') sink.error('bad_name', nameAt, 'this name is not allowed');
    if (name === '<<' || name === '__proto__') continue;
    const value: ValueNode =
      pair.value === null ? { kind: 'nothing', at: nameAt } : convert(file, sink, pair.value);
    entries.push({ name, nameAt, value });
  }
  return { kind: 'map', at, entries };
}

function refuseAlias(sink: DiagnosticSink, at: Place): NothingNode {
  sink.error('yaml_alias', at, 'aliases and anchors (*, &, <<) are not used here', {
    hint: 'name the value under vars and use vars.name; put an expression that starts with * or & in quotes',
  });
  return { kind: 'nothing', at };
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

function scalarNode(node: Scalar, at: Place): ValueNode {
  const { value } = node;
  if (typeof value === 'string') {
    return { kind: 'text', value, at: { ...at, style: STYLES[node.type ?? ''] ?? 'plain' } };
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'fixed', value, source: node.source ?? String(value), at };
  }
  return { kind: 'nothing', at };
}
