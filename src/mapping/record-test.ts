import { stringify } from 'yaml';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { DiagnosticSink } from './diagnostics.js';
import { sourceFile } from './source-file.js';
import { memberOf, readSourceTree } from './source-tree.js';
import { readTestFile } from './test-file.js';
import { givenOfRow } from './test-given.js';
import type { CompiledMapping, MappingOutcome, MappingRow } from './types.js';

/** A test that holds what a mapping makes of real goods now. */
export interface RecordedTest {
  readonly name: string;
  readonly row: MappingRow;
  readonly outcome: MappingOutcome;
}

/** The text of a test file with one more case at its end; everything that stands there stays letter by letter. */
export function withRecorded(text: string | null, recorded: RecordedTest, mapping: string): string {
  const start =
    text === null || text.trim() === '' ? `mapping: ${mapping}\ntests:\n` : text.replace(/\n*$/, '\n');
  const head = hasTests(start) ? start : `${start}tests:\n`;
  const item = stringify([caseOf(recorded)], { lineWidth: 0, aliasDuplicateObjects: false });
  const indented = item.replace(/^(?=.)/gm, ' '.repeat(indentOf(head)));
  return head + indented;
}

function hasTests(text: string): boolean {
  return /^tests:/m.test(text);
}

/** Columns before the dash of the tests that are there; two where there is none. */
function indentOf(text: string): number {
  const after = text.slice(text.search(/^tests:/m));
  return /\n( *)- /.exec(after)?.[1]?.length ?? 2;
}

function caseOf({ name, row, outcome }: RecordedTest): JsonObject {
  return { name, given: givenOfRow(row) as unknown as JsonObject, expect: expectedOf(outcome) };
}

function expectedOf(outcome: MappingOutcome): JsonObject {
  return outcome.kind === 'listing'
    ? outcome.attributes
    : { excluded: outcome.kind === 'excluded' ? outcome.reason : '' };
}

/**
 * The text with one expected value replaced by what the mapping gives now, nothing else moved. Null when the test or the name is not
 * written in it: then there is nothing to accept.
 */
export function withAccepted(
  text: string,
  accept: { readonly test: string; readonly name: string },
  mapping: { readonly mapping: CompiledMapping; readonly today: string },
): string | null {
  const { file } = readTestFile('tests', text);
  const test = file.tests.find(({ name }) => name === accept.test);
  const place = test?.places.get(accept.name);
  if (test === undefined || place === undefined) return null;
  const outcome = mapping.mapping.run(test.row, file.today ?? mapping.today);
  const got: JsonValue = outcome.kind === 'listing' ? (outcome.attributes[accept.name] ?? null) : null;
  if (accept.name === 'excluded' || accept.name === 'notes' || outcome.kind !== 'listing') return null;
  const next = text.slice(0, place.start) + flow(got) + text.slice(endOf(text, place));
  return isSound(next) ? next : null;
}

/** A value on one line, as YAML reads it back. */
function flow(value: JsonValue): string {
  return stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  }).trimEnd();
}

/** A block scalar or list ends before the line break that follows it. */
function endOf(text: string, place: { readonly start: number; readonly end: number }): number {
  const value = text.slice(place.start, place.end);
  return place.start + value.replace(/\s+$/, '').length;
}

function isSound(text: string): boolean {
  const sink = new DiagnosticSink();
  const root = readSourceTree(sourceFile('tests', text), sink);
  return root !== null && !sink.hasErrors && memberOf(root, 'tests') !== null;
}
