import type { DiagnosticSink } from './diagnostics.js';
import { checkFileShape } from './file-schema.js';
import { LIMITS } from './limits.js';
import { type Place, sourceFile, startOf } from './source-file.js';
import { type MapNode, memberOf, readSourceTree, type ValueNode } from './source-tree.js';
import type { MappingSources } from './sources.js';

/** One file of a mapping's chain. */
export interface Layer {
  /** `default` for the connector's own mapping, else `mapping`: how explain names who set a value. */
  readonly by: 'default' | 'mapping';
  /** By which name it was asked for: the channel's, or an `extends`. */
  readonly asked: string;
  readonly file: string;
  readonly text: string;
  readonly root: MapNode;
}

/** A named part of a mapping with the layer it comes from. */
export interface Part {
  readonly name: string;
  readonly nameAt: Place;
  readonly node: ValueNode;
  readonly by: Layer['by'];
  /** What the layer below said, when this part takes its place. */
  readonly below: Part | null;
}

/** The layers merged by name. Compiled once, so a part of one layer reaches everything that uses it in another. */
export interface MergedMapping {
  readonly layers: readonly Layer[];
  readonly params: readonly Part[];
  readonly select: readonly Part[];
  readonly vars: readonly Part[];
  readonly attributes: readonly Part[];
  readonly rules: readonly Part[];
  readonly expects: readonly Part[];
  readonly language: ValueNode | null;
}

/** Which mapping to read, for which connector. */
export interface LayerRequest {
  /** Null: the connector's own mapping alone. */
  readonly file: string | null;
  readonly connector: string;
  readonly sources: MappingSources;
}

/** Reads the chain of files from the merchant's to the connector's own and merges it; null when one does not load. */
export function mergedMapping(request: LayerRequest, sink: DiagnosticSink): MergedMapping | null {
  const layers = readChain(request, sink);
  if (layers === null) return null;
  const bottomUp = [...layers].reverse();
  return {
    layers: bottomUp,
    params: mergeNamed(bottomUp, 'params', false),
    select: mergeNamed(bottomUp.map(selectAsMap), 'select', true),
    vars: mergeNamed(bottomUp, 'vars', false),
    attributes: mergeNamed(bottomUp, 'attributes', true),
    rules: mergeRules(bottomUp, sink),
    expects: mergeNamed(bottomUp, 'expects', true),
    language: soundLanguage(layers, sink),
  };
}

function soundLanguage(layers: readonly Layer[], sink: DiagnosticSink): ValueNode | null {
  const node = layers.map((layer) => memberOf(layer.root, 'language')).find((found) => found !== null);
  return node === undefined || node === null || sink.hasErrorIn(node.at) ? null : node;
}

interface Link {
  readonly name: string;
  /** Where it is named; null for the mapping the channel asks for. */
  readonly at: Place | null;
}

function readChain(request: LayerRequest, sink: DiagnosticSink): Layer[] | null {
  const layers: Layer[] = [];
  const seen = new Set<string>();
  let link: Link | null = { name: request.file ?? 'default', at: null };
  while (link !== null) {
    const layer: Layer | null = readLayer(link, request, { sink, seen });
    if (layer === null) return null;
    layers.push(layer);
    const base: ValueNode | null = memberOf(layer.root, 'extends');
    // Without its base every name that comes from there would be called unknown.
    if (base !== null && base.kind !== 'text') return null;
    link = base === null ? null : { name: base.value, at: base.at };
  }
  return layers;
}

function readLayer(
  { name, at }: Link,
  request: LayerRequest,
  { sink, seen }: { sink: DiagnosticSink; seen: Set<string> },
): Layer | null {
  const found = request.sources.readMapping(name, request.connector);
  const place: Place = at ?? startOf(sourceFile(name, ''));
  const path = at === null ? '' : 'extends';
  if (found === null) {
    const missing =
      name === 'default' ? `${request.connector} has no mapping of its own` : `there is no mapping "${name}"`;
    sink.error('no_such_mapping', place, missing, { path });
    return null;
  }
  const key = name === 'default' ? 'default' : `file ${found.file}`;
  if (seen.has(key) || seen.size >= LIMITS.layers) {
    const many = `a mapping may extend ${LIMITS.layers - 1} others in a row`;
    sink.error('bad_extends', place, seen.has(key) ? 'a mapping cannot extend itself' : many, { path });
    return null;
  }
  seen.add(key);
  const root = readSourceTree(sourceFile(found.file, found.text), sink);
  if (root === null) return null;
  checkFileShape(root, sink);
  checkConnector(root, request, sink);
  const by = name === 'default' ? 'default' : 'mapping';
  return { by, asked: name, file: found.file, text: found.text, root };
}

/** A missing connector, or one that is no text, is a matter of the file's shape. */
function checkConnector(root: MapNode, request: LayerRequest, sink: DiagnosticSink): void {
  const node = memberOf(root, 'connector');
  if (node?.kind !== 'text' || node.value === request.connector) return;
  sink.error(
    'wrong_connector',
    node.at,
    `this mapping is for ${node.value}, the channel is ${request.connector}`,
    {
      path: 'connector',
    },
  );
}

/** Merges a section: a later layer takes the place of the same name; null takes it away where that is allowed. */
function mergeNamed(layers: readonly Layer[], section: string, nullRemoves: boolean): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const layer of layers) {
    const node = memberOf(layer.root, section);
    if (node?.kind !== 'map') continue;
    for (const entry of node.entries) {
      if (nullRemoves && entry.value.kind === 'nothing') {
        parts.delete(entry.name);
        continue;
      }
      const below = parts.get(entry.name) ?? null;
      parts.set(entry.name, {
        name: entry.name,
        nameAt: entry.nameAt,
        node: entry.value,
        by: layer.by,
        below,
      });
    }
  }
  return [...parts.values()];
}

/** A selection of one condition is named by its own text. */
function selectAsMap(layer: Layer): Layer {
  const select = memberOf(layer.root, 'select');
  if (select?.kind !== 'text') return layer;
  const entry = { name: select.value.trim(), nameAt: select.at, value: select };
  const entries = layer.root.entries.map((other) =>
    other.name === 'select'
      ? { ...other, value: { kind: 'map' as const, at: select.at, entries: [entry] } }
      : other,
  );
  return { ...layer, root: { ...layer.root, entries } };
}

function mergeRules(layers: readonly Layer[], sink: DiagnosticSink): readonly Part[] {
  const rules = new Map<string, Part>();
  for (const layer of layers) {
    const list = memberOf(layer.root, 'rules');
    if (list?.kind !== 'list') continue;
    const seen = new Set<string>();
    for (const [index, node] of list.items.entries()) {
      const nameNode = memberOf(node, 'name');
      const name = nameNode?.kind === 'text' ? nameNode.value : `rules[${index}]`;
      const nameAt = nameNode?.at ?? node.at;
      if (seen.has(name))
        sink.error('rule_twice', nameAt, `there are two rules named "${name}"`, { path: 'rules' });
      seen.add(name);
      rules.set(name, { name, nameAt, node, by: layer.by, below: rules.get(name) ?? null });
    }
  }
  return [...rules.values()];
}
