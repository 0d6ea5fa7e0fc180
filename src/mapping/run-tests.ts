import type { Instant } from '../domain/instant.js';
import { type JsonObject, type JsonValue, sameJson } from '../domain/json.js';
import type { MappingTest } from './test-file.js';
import type { CompiledMapping, MappingOutcome } from './types.js';

/** One thing a test expected and did not get. Absent: the attribute is not there. */
export interface TestDifference {
  /** An attribute, `excluded` or `notes`. */
  readonly name: string;
  readonly expected?: JsonValue;
  readonly got?: JsonValue;
}

/** How a test ended; it passed when there is no difference. */
export interface TestResult {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly differences: readonly TestDifference[];
}

/** Runs tests against a mapping. Pure. */
export function runTests(
  tests: readonly MappingTest[],
  mapping: CompiledMapping,
  today: Instant,
): readonly TestResult[] {
  return tests.map((test) => {
    const outcome = mapping.run(test.row, today);
    return { name: test.name, line: test.line, differences: differencesOf(test, outcome) };
  });
}

function differencesOf({ expect }: MappingTest, outcome: MappingOutcome): readonly TestDifference[] {
  const excluded = exclusionOf(outcome);
  const met = outcome.notes.map(({ message }) => message);
  const missed = expect.notes.filter((piece) => !met.some((message) => message.includes(piece)));
  return [
    ...(excluded === expect.excluded ? [] : [difference('excluded', expect.excluded, excluded)]),
    ...(outcome.kind === 'listing' ? attributeDifferences(expect.attributes, outcome.attributes) : []),
    ...missed.map((piece) => difference('notes', piece, met.length === 0 ? null : met)),
  ];
}

function attributeDifferences(expected: JsonObject, got: JsonObject): readonly TestDifference[] {
  return Object.entries(expected).flatMap(([name, wanted = null]) => {
    const value = Object.hasOwn(got, name) ? (got[name] ?? null) : null;
    return sameJson(value, wanted) ? [] : [difference(name, wanted, value)];
  });
}

function difference(name: string, expected: JsonValue, got: JsonValue): TestDifference {
  return { name, ...(expected === null ? {} : { expected }), ...(got === null ? {} : { got }) };
}

function exclusionOf(outcome: MappingOutcome): string | null {
  if (outcome.kind === 'excluded') return outcome.reason;
  return outcome.kind === 'too-expensive' ? 'the mapping needed too many steps' : null;
}

/** A failed test in one line per difference, for people. */
export function failureText({ name, line, differences }: TestResult): string {
  const lines = differences.map((one) => {
    const shown = (value: JsonValue | undefined): string =>
      value === undefined ? '(nothing)' : typeof value === 'string' ? value : JSON.stringify(value);
    return `    ${one.name}: expected ${shown(one.expected)}, got ${shown(one.got)}`;
  });
  return [`  ✗ ${name} (line ${line})`, ...lines].join('\n');
}
