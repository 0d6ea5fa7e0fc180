import { typeOfValue } from '../mapping/checked-value.js';
import { Checker } from '../mapping/checker.js';
import { DiagnosticSink } from '../mapping/diagnostics.js';
import { newScope, type Scope } from '../mapping/environment.js';
import { Frame } from '../mapping/frame.js';
import { sourceFile } from '../mapping/source-file.js';
import { type MapNode, memberOf, readSourceTree, type ValueNode } from '../mapping/source-tree.js';
import { suggest } from '../mapping/suggest.js';
import type {
  Grouping,
  LoadedSourceMapping,
  Loading,
  SkipRule,
  SourceField,
  SourceMapping,
  SourceValue,
} from './source-mapping.js';
import { compileCondition, compileSourceValue, compileVar } from './source-mapping-compile.js';
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './source-mapping-fields.js';
import { readLayout } from './source-mapping-layout.js';

const SECTIONS = [
  'source',
  'title',
  'notes',
  'file',
  'currency',
  'decimalMark',
  'language',
  'zone',
  'vars',
  'skip',
  'products',
  'split',
  'product',
  'variant',
  'stock',
] as const;

/** Variables of a source mapping's expressions. `part` is the entry of `split` at hand. */
const VARIABLES = {
  row: 'map<string, string>',
  lists: 'map<string, list<string>>',
  first: 'map<string, string>',
  part: 'string',
} as const;

/**
 * Reads a source mapping: what is wrong is reported with file, line and column, all at once. `name` is shown in messages.
 * The language of the values is that of channel mappings; `mappings/sources/README.md` describes the file.
 */
export function loadSourceMapping(name: string, text: string): LoadedSourceMapping {
  const sink = new DiagnosticSink();
  const root = readSourceTree(sourceFile(name, text), sink);
  const mapping = root === null ? null : new Loader(root, sink).load();
  return { mapping: sink.hasErrors ? null : mapping, diagnostics: sink.all() };
}

class Loader {
  readonly #root: MapNode;
  readonly #sink: DiagnosticSink;
  readonly #checker: Checker;
  readonly #scope: Scope;
  readonly #loading: Loading;

  constructor(root: MapNode, sink: DiagnosticSink) {
    this.#root = root;
    this.#sink = sink;
    this.#checker = new Checker(sink, []);
    this.#scope = newScope(VARIABLES, null);
    this.#loading = { sink, frame: this.#frame(), vars: new Map() };
  }

  load(): SourceMapping {
    this.#known(this.#root, SECTIONS, '');
    this.#vars();
    const currency = this.#text('currency');
    const decimalMark = this.#text('decimalMark');
    if (decimalMark !== undefined && decimalMark !== '.' && decimalMark !== ',') {
      this.#complain('decimalMark', 'the decimal mark is "." or ","');
    }
    if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
      this.#complain('currency', 'a currency has three capital letters: EUR');
    const split = memberOf(this.#root, 'split');
    const stock = memberOf(this.#root, 'stock');
    return {
      name: this.#text('source') ?? this.#missing('source', 'a source mapping begins with "source: NAME"'),
      file: readLayout(memberOf(this.#root, 'file'), this.#sink),
      ...(currency === undefined ? {} : { currency }),
      ...(decimalMark === '.' || decimalMark === ',' ? { decimalMark } : {}),
      skip: this.#skip(),
      grouping: this.#grouping(),
      split: split === null ? null : this.#value(split, 'split'),
      product: this.#fields('product', Object.keys(PRODUCT_FIELDS)),
      variant: this.#fields('variant', Object.keys(VARIANT_FIELDS)),
      stock: stock === null ? null : this.#value(stock, 'stock'),
      frame: this.#loading.frame,
    };
  }

  #frame(): Frame {
    const language = this.#text('language') ?? 'en';
    const currency = this.#text('currency') ?? '';
    return new Frame({
      channel: {
        id: 'source',
        connector: 'source',
        country: '',
        language,
        currency,
        zone: this.#text('zone') ?? 'UTC',
      },
      rates: null,
      tables: new Map(),
      textsOf: () => ({}),
    });
  }

  #vars(): void {
    const section = memberOf(this.#root, 'vars');
    if (section === null) return;
    if (section.kind !== 'map') {
      this.#complain('vars', 'vars are names with values');
      return;
    }
    for (const entry of section.entries) {
      const checked = this.#checker.value(entry.value, this.#scope, `vars.${entry.name}`);
      if (!/^[A-Za-z_]\w*$/.test(entry.name))
        this.#sink.error('bad_name', entry.nameAt, 'a var has a name of letters, digits and _');
      this.#loading.vars.set(entry.name, compileVar(checked, this.#loading));
      this.#scope.declare(`vars_${entry.name}`, typeOfValue(checked));
    }
  }

  #skip(): SkipRule[] {
    const section = memberOf(this.#root, 'skip');
    if (section === null) return [];
    if (section.kind !== 'map') {
      this.#complain('skip', 'write name: condition; the name is shown as the reason');
      return [];
    }
    return section.entries.map((entry) => ({
      reason: entry.name,
      condition: this.#condition(entry.value, `skip.${entry.name}`),
    }));
  }

  #grouping(): Grouping {
    const section = memberOf(this.#root, 'products');
    if (section === null) return { kind: 'single' };
    if (section.kind === 'map') this.#known(section, ['key', 'starts'], 'products.');
    const key = memberOf(section, 'key');
    const starts = memberOf(section, 'starts');
    if (key !== null && starts === null) return { kind: 'key', key: this.#value(key, 'products.key') };
    if (starts !== null && key === null)
      return { kind: 'starts', starts: this.#condition(starts, 'products.starts') };
    this.#complain(
      'products',
      'products has either "key" (rows with the same key) or "starts" (a row that begins a product)',
    );
    return { kind: 'single' };
  }

  #fields(section: 'product' | 'variant', names: readonly string[]): SourceField[] {
    const node = memberOf(this.#root, section);
    if (node?.kind !== 'map') {
      this.#complain(section, `the section "${section}" names fields with their values`);
      return [];
    }
    this.#known(node, names, `${section}.`);
    if (section === 'product' && memberOf(node, 'id') === null)
      this.#complain('product', 'a product needs an id');
    return node.entries.map((entry) => ({
      name: entry.name,
      value: this.#value(entry.value, `${section}.${entry.name}`),
    }));
  }

  #value(node: ValueNode, path: string): SourceValue {
    return compileSourceValue(this.#checker.value(node, this.#scope, path), this.#loading);
  }

  #condition(node: ValueNode, path: string): SourceValue {
    return compileCondition(this.#checker.condition(node, this.#scope, path), this.#loading);
  }

  #known(node: MapNode, names: readonly string[], prefix: string): void {
    for (const entry of node.entries) {
      if (names.includes(entry.name)) continue;
      const meant = suggest(entry.name, names);
      this.#sink.error(
        'unknown_name',
        entry.nameAt,
        `there is no ${prefix}${entry.name} in a source mapping`,
        {
          hint: meant === null ? `known are ${names.join(', ')}` : `did you mean ${meant}?`,
        },
      );
    }
  }

  #text(name: string): string | undefined {
    const node = memberOf(this.#root, name);
    return node?.kind === 'text' ? node.value : undefined;
  }

  #missing(name: string, message: string): string {
    this.#complain(name, message);
    return '';
  }

  #complain(section: string, message: string): void {
    const node = memberOf(this.#root, section);
    this.#sink.error('source_mapping', (node ?? this.#root).at, message, { path: section });
  }
}
