import type { ChannelFacts } from '../domain/channel-facts.js';
import { readInstant } from '../domain/instant.js';
import { isJsonArray, type JsonObject, type JsonValue } from '../domain/json.js';
import { DiagnosticSink } from './diagnostics.js';
import { type Place, positionAt, sourceFile } from './source-file.js';
import { memberOf, plainValue, readSourceTree, type ValueNode } from './source-tree.js';
import { suggest } from './suggest.js';
import { BadGiven, type Given, rowOfGiven } from './test-given.js';
import type { Diagnostic, MappingRow } from './types.js';

/** One case: goods, and what the mapping must make of them. */
export interface MappingTest {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly row: MappingRow;
  readonly expect: Expectation;
  /** Where the expected values stand; absent for names that are not written there. */
  readonly places: ReadonlyMap<string, Place>;
}

/** Only what is named is compared. */
export interface Expectation {
  /** Attribute → value; null: it must be absent. */
  readonly attributes: JsonObject;
  /** The reason it must be left out for; null: it must be listed. */
  readonly excluded: string | null;
  /** Pieces of sentences; each must be met in a note. */
  readonly notes: readonly string[];
}

/** A file of tests. */
export interface TestFile {
  /** Facts of a channel that are other ones than the channel's own. */
  readonly channel: Partial<ChannelFacts>;
  /** Start of the day tests take place on; null: today. */
  readonly today: string | null;
  readonly tests: readonly MappingTest[];
}

const SECTIONS = ['mapping', 'channel', 'today', 'tests'];
const FACTS = ['country', 'language', 'currency', 'zone'];

/** Reads a file of tests; faults stand at their places, and the tests without faults are answered all the same. */
export function readTestFile(
  name: string,
  text: string,
): { readonly file: TestFile; readonly diagnostics: readonly Diagnostic[] } {
  const sink = new DiagnosticSink();
  const file = sourceFile(name, text);
  const root = readSourceTree(file, sink);
  const empty: TestFile = { channel: {}, today: null, tests: [] };
  if (root === null) return { file: empty, diagnostics: sink.all() };
  for (const { name: section, nameAt } of root.entries)
    if (!SECTIONS.includes(section))
      unknownName(sink, nameAt, { what: 'section', word: section, among: SECTIONS });
  const read = new Reader(sink);
  return {
    file: {
      channel: read.channel(memberOf(root, 'channel')),
      today: read.today(memberOf(root, 'today')),
      tests: read.tests(memberOf(root, 'tests')),
    },
    diagnostics: sink.all(),
  };
}

function unknownName(
  sink: DiagnosticSink,
  at: Place,
  { what, word, among }: { readonly what: string; readonly word: string; readonly among: readonly string[] },
): void {
  const meant = suggest(word, among);
  sink.error('unknown_member', at, `there is no ${what} "${word}" here`, {
    hint: meant === null ? `use one of: ${among.join(', ')}` : `did you mean ${meant}?`,
  });
}

class Reader {
  private readonly sink: DiagnosticSink;
  private readonly given = new Map<string, Given>();

  constructor(sink: DiagnosticSink) {
    this.sink = sink;
  }

  channel(node: ValueNode | null): Partial<ChannelFacts> {
    if (node?.kind !== 'map') return {};
    for (const { name, nameAt } of node.entries)
      if (!FACTS.includes(name)) unknownName(this.sink, nameAt, { what: 'fact', word: name, among: FACTS });
    return plainValue(node) as Partial<ChannelFacts>;
  }

  today(node: ValueNode | null): string | null {
    if (node === null) return null;
    const day =
      node.kind === 'text' && /^\d{4}-\d{2}-\d{2}$/.test(node.value)
        ? readInstant(`${node.value}T00:00:00Z`)
        : null;
    if (day === null) this.sink.error('bad_day', node.at, 'today must be a day: 2026-11-23');
    return day;
  }

  tests(node: ValueNode | null): readonly MappingTest[] {
    if (node?.kind !== 'list') return [];
    const names = new Set<string>();
    return node.items.flatMap((item) => {
      const nameNode = memberOf(item, 'name');
      const name = nameNode?.kind === 'text' ? nameNode.value : '';
      if (name === '') {
        this.sink.error('test_unnamed', item.at, 'a test needs a name');
        return [];
      }
      if (names.has(name))
        this.sink.error('test_twice', nameNode?.at ?? item.at, `there are two tests "${name}"`);
      names.add(name);
      const test = this.test(item, name);
      return test === null ? [] : [test];
    });
  }

  private test(node: ValueNode, name: string): MappingTest | null {
    const { line } = positionAt(node.at.file, node.at.start);
    const expectNode = memberOf(node, 'expect');
    if (expectNode?.kind !== 'map' || expectNode.entries.length === 0) {
      this.sink.error('test_expects_nothing', node.at, `the test "${name}" expects nothing`);
      return null;
    }
    const givenNode = memberOf(node, 'given');
    const given = this.givenOf(givenNode, name);
    if (given === null) return null;
    try {
      const places = new Map(expectNode.entries.map((entry) => [entry.name, entry.value.at]));
      const expected = plainValue(expectNode) as JsonObject;
      return { name, line, row: rowOfGiven(given), expect: expectationOf(expected), places };
    } catch (error) {
      if (!(error instanceof BadGiven)) throw error;
      this.sink.error('bad_given', givenNode?.at ?? node.at, error.message);
      return null;
    }
  }

  private givenOf(node: ValueNode | null, name: string): Given | null {
    const own = (node === null ? {} : plainValue(node)) as Given & { readonly like?: JsonValue };
    const { like, ...members } = own;
    const base = like === undefined ? {} : this.given.get(String(like));
    if (base === undefined) {
      if (node !== null)
        this.sink.error('unknown_test', node.at, `there is no test "${String(like)}" above this one`);
      return null;
    }
    const given = merged(base, members);
    this.given.set(name, given);
    return given;
  }
}

/** Members of the test it is like, with its own ones in their place; null takes one away. */
function merged(base: Given, own: Given): Given {
  return Object.fromEntries(
    (['product', 'variant', 'stock'] as const).map((part) => [part, { ...base[part], ...own[part] }]),
  );
}

function expectationOf(expected: JsonObject): Expectation {
  const { excluded, notes, ...attributes } = expected;
  return {
    attributes,
    excluded: typeof excluded === 'string' ? excluded : null,
    notes: isJsonArray(notes) ? notes.map(String) : [],
  };
}
