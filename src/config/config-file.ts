import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { ConfigMistake } from './config-error.js';

/** Names from the top of the file to a value. */
export type ConfigPath = readonly string[];

/** A configuration file as data that still knows its lines. */
export interface ConfigFile {
  readonly content: JsonObject;
  /** Names of the environment variables that were put in. */
  readonly variables: ReadonlySet<string>;
  /** A mistake at the value of a path (`at: 'name'`: at its name), or at the nearest thing above it that exists. */
  mistake(path: ConfigPath, words: { message: string; advice: string; at?: 'name' | 'value' }): ConfigMistake;
}

/** What came of reading: the content, or the mistakes that keep it from being data. */
export interface ParsedConfig {
  readonly file: ConfigFile;
  readonly mistakes: readonly ConfigMistake[];
}

/** Parses YAML and replaces `${NAME}` in values by the environment. `$${` stays as `${`. */
export function parseConfig(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistakes: ConfigMistake[] = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    const advice = 'Check indentation, quotes and colons of this line and the one before.';
    return { path: '', line, column: Math.max(1, col), message: error.message, advice };
  });
  const place = placeOf(document, lines);
  if (mistakes.length > 0) return { file: { content: {}, variables: new Set(), mistake: place }, mistakes };
  const variables = putIn(document, environment, (path, name) => {
    const message = `the environment variable ${name} is not set`;
    mistakes.push(place(path, { message, advice: `Set ${name} before starting, or write the value here.` }));
  });
  const content: unknown = document.toJS() ?? {};
  if (isJsonObject(content)) return { file: { content, variables, mistake: place }, mistakes };
  const words = {
    message: 'is not a list of settings',
    advice: 'Write `name: value` lines; `omnifeed init` shows how.',
  };
  return { file: { content: {}, variables, mistake: place }, mistakes: [place([], words)] };
}

const VARIABLE = /\$(\$\{|\{([A-Za-z_][A-Za-z0-9_]*)\})/g;

function putIn(
  document: Document,
  environment: Readonly<Record<string, string | undefined>>,
  missing: (path: ConfigPath, name: string) => void,
): Set<string> {
  const used = new Set<string>();
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      node.value = node.value.replace(VARIABLE, (whole, escaped: string, name: string | undefined) => {
        if (name === undefined) return escaped;
        used.add(name);
        const value = environment[name];
        if (value === undefined) missing(namesOf(ancestors, node), name);
        return value ?? whole;
      });
    },
  });
  return used;
}

function namesOf(ancestors: readonly unknown[], node: unknown): string[] {
  const names: string[] = [];
  for (const [place, ancestor] of ancestors.entries()) {
    if (isPair(ancestor)) names.push(String(isScalar(ancestor.key) ? ancestor.key.value : ancestor.key));
    else if (isNode(ancestor) && 'items' in ancestor && !isMap(ancestor)) {
      names.push(String((ancestor.items as unknown[]).indexOf(ancestors[place + 1] ?? node)));
    }
  }
  return names;
}

function placeOf(document: Document, lines: LineCounter): ConfigFile['mistake'] {
  return (path, { message, advice, at = 'value' }) => {
    const { line, col } = lines.linePos(offsetOf(document, path, at));
    return { path: path.join('.'), line: Math.max(1, line), column: Math.max(1, col), message, advice };
  };
}

function offsetOf(document: Document, path: ConfigPath, at: 'name' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const name = path[length - 1];
    if (!isMap(parent)) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
      continue;
    }
    const pair = parent.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === name);
    if (!pair) continue;
    const node = at === 'value' && length === path.length && isNode(pair.value) ? pair.value : pair.key;
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
