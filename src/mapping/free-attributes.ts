import { DECLARED, type DeclaredType } from './cel-types.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { MergedMapping, Part } from './layers.js';
import { placeInFile } from './scalar-map.js';
import type { Place } from './source-file.js';
import type { TextNode, ValueNode } from './source-tree.js';
import { suggest } from './suggest.js';

/** What the catalog knows of the names merchants make up. */
export interface FreeNames {
  readonly attributes: ReadonlyMap<string, DeclaredType>;
  /** Options: name → variants that have it. */
  readonly options: ReadonlyMap<string, number>;
}

const MENTION = /\b(?:product|variant)\.attributes(?:\.([A-Za-z_]\w*)|\["([^"]+)"\])/g;

/**
 * The catalog's attributes, those the mapping expects, and (with a warning) those it merely mentions: a name nobody has
 * is text that is always missing.
 */
export function knownAttributes(
  merged: MergedMapping,
  catalog: FreeNames,
  sink: DiagnosticSink,
): ReadonlyMap<string, DeclaredType> {
  const known = new Map(catalog.attributes);
  for (const part of merged.expects) expectAttribute(part, known, sink);
  const sections = [merged.select, merged.vars, merged.attributes, merged.rules];
  const unknown = new Set<string>();
  for (const part of sections.flat()) {
    for (const text of textsIn(part.node)) {
      for (const mention of mentionsIn(text)) {
        if (known.has(mention.name) || unknown.has(mention.name)) continue;
        unknown.add(mention.name);
        const { message, hint } = unknownSentence(mention.name, known, catalog.options);
        sink.warning('unknown_attribute', mention.at, message, { hint, path: part.name });
      }
    }
  }
  for (const name of unknown) known.set(name, 'text');
  return known;
}

/** An option of nearly that name is meant more often than another attribute. */
function unknownSentence(
  name: string,
  attributes: ReadonlyMap<string, DeclaredType>,
  options: ReadonlyMap<string, number>,
): { message: string; hint: string | null } {
  const option = options.has(name) ? name : suggest(name, options.keys());
  if (option !== null) {
    const count = options.get(option) ?? 0;
    const have = `${count.toLocaleString('en-US')} ${count === 1 ? 'variant has' : 'variants have'}`;
    const path = /^[A-Za-z_]\w*$/.test(option) ? `variant.options.${option}` : `variant.options["${option}"]`;
    return { message: `no product has "${name}"; ${have} option "${option}"`, hint: `did you mean ${path}?` };
  }
  const near = suggest(name, attributes.keys());
  return {
    message: `no product has an attribute "${name}"`,
    hint: near === null ? null : `did you mean ${near}?`,
  };
}

function mentionsIn(text: TextNode): readonly { readonly name: string; readonly at: Place }[] {
  return [...text.value.matchAll(MENTION)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].lastIndexOf(name);
    return { name, at: placeInFile(text.at, text.value, { start, end: start + name.length }) };
  });
}

function expectAttribute(part: Part, known: Map<string, DeclaredType>, sink: DiagnosticSink): void {
  if (sink.hasErrorIn(part.node.at)) return;
  const name = /^(?:product|variant)\.attributes\.(.+)$/.exec(part.name)?.[1];
  const type = part.node.kind === 'text' ? (part.node.value as DeclaredType) : 'text';
  if (name === undefined) {
    sink.error('bad_expects', part.nameAt, 'expects names free attributes: product.attributes.material', {
      path: 'expects',
    });
    return;
  }
  const actual = known.get(name);
  if (actual !== undefined && DECLARED[actual] !== DECLARED[type]) {
    sink.error('attribute_type', part.node.at, `the catalog has "${name}" as ${actual}, not as ${type}`, {
      path: 'expects',
    });
  }
  if (actual === undefined) known.set(name, type);
}

function textsIn(node: ValueNode): readonly TextNode[] {
  if (node.kind === 'text') return [node];
  if (node.kind === 'list') return node.items.flatMap(textsIn);
  return node.kind === 'map' ? node.entries.flatMap((entry) => textsIn(entry.value)) : [];
}
