import iconv from 'iconv-lite';
import type { DiagnosticSink } from '../mapping/diagnostics.js';
import type { ValueNode } from '../mapping/source-tree.js';
import type { SourceFileLayout } from './source-mapping.js';

const FORMATS = ['csv', 'tsv', 'jsonl', 'json', 'xml', 'xlsx'] as const;

type Draft = { -readonly [Name in keyof SourceFileLayout]: SourceFileLayout[Name] };

type Reader = (node: ValueNode, draft: Draft) => string | null;

/** Members of the section `file`: each reads its node and answers what is wrong with it. */
const MEMBERS: Readonly<Record<string, Reader>> = {
  format: (node, draft) => {
    const found = FORMATS.find((format) => format === textOf(node));
    if (found === undefined) return `the format is one of ${FORMATS.join(', ')}`;
    draft.format = found;
    return null;
  },
  delimiter: (node, draft) => {
    const texts = textsOf(node);
    if (texts === null || texts.length === 0)
      return 'a delimiter is a text such as ";" or "\\t", or a list of them';
    draft.delimiter = texts;
    return null;
  },
  quote: (node, draft) => letter(node, (text) => (draft.quote = text)),
  escape: (node, draft) => letter(node, (text) => (draft.escape = text)),
  padded: (node, draft) => {
    if (node.kind !== 'fixed' || typeof node.value !== 'boolean') return 'padded is true or false';
    draft.padded = node.value;
    return null;
  },
  encoding: (node, draft) => {
    const text = textOf(node);
    if (text === null || !iconv.encodingExists(text))
      return 'an encoding is a name such as utf-8, windows-1252 or shift_jis';
    draft.encoding = text;
    return null;
  },
  recordEnd: (node, draft) => texts(node, (found) => (draft.recordEnd = found)),
  columns: (node, draft) => texts(node, (found) => (draft.columns = found)),
  nothing: (node, draft) => texts(node, (found) => (draft.nothing = found)),
  listSeparator: (node, draft) => text(node, (found) => (draft.listSeparator = found)),
  items: (node, draft) => text(node, (found) => (draft.items = found)),
  sheet: (node, draft) => text(node, (found) => (draft.sheet = found)),
};

/** Reads the section `file` of a source mapping and reports what is wrong with it. */
export function readLayout(node: ValueNode | null, sink: DiagnosticSink): SourceFileLayout {
  const draft: Draft = { nothing: [] };
  if (node === null) return draft;
  if (node.kind !== 'map') {
    sink.error('source_mapping', node.at, 'the section "file" says how the file is laid out', {
      path: 'file',
    });
    return draft;
  }
  for (const entry of node.entries) {
    const path = `file.${entry.name}`;
    const member = Object.hasOwn(MEMBERS, entry.name) ? MEMBERS[entry.name] : undefined;
    if (member === undefined) {
      sink.error('unknown_name', entry.nameAt, `there is no ${path}`, {
        hint: `known are ${Object.keys(MEMBERS).join(', ')}`,
      });
      continue;
    }
    const wrong = member(entry.value, draft);
    if (wrong !== null) sink.error('source_mapping', entry.value.at, wrong, { path });
  }
  return draft;
}

function letter(node: ValueNode, keep: (text: string) => void): string | null {
  const found = textOf(node);
  if (found === null || found.length > 1) return 'this is one letter, or an empty text for none';
  keep(found);
  return null;
}

function text(node: ValueNode, keep: (text: string) => void): string | null {
  const found = textOf(node);
  if (found === null || found === '') return 'this is a text';
  keep(found);
  return null;
}

function texts(node: ValueNode, keep: (texts: readonly string[]) => void): string | null {
  const found = textsOf(node);
  if (found === null) return 'this is a list of texts; put NULL in quotes, YAML takes it for nothing';
  keep(found);
  return null;
}

function textOf(node: ValueNode): string | null {
  if (node.kind === 'text') return node.value;
  return node.kind === 'fixed' ? node.source : null;
}

function textsOf(node: ValueNode): string[] | null {
  if (node.kind !== 'list') {
    const single = textOf(node);
    return single === null ? null : [single];
  }
  const found = node.items.map(textOf);
  return found.every((entry) => entry !== null) ? found : null;
}
