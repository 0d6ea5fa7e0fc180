import { OperatorError } from '../domain/errors.js';
import { withAccepted, withRecorded } from '../mapping/record-test.js';
import { failureText, runTests, type TestResult } from '../mapping/run-tests.js';
import { showDiagnostic } from '../mapping/show-diagnostic.js';
import { readTestFile, type TestFile } from '../mapping/test-file.js';
import type { CompiledMapping, Diagnostic } from '../mapping/types.js';
import { startOfDay } from '../sync/calendar-day.js';
import { knownRow } from '../sync/explain-channel.js';
import { listingRows } from '../sync/listing-rows.js';
import { compileText, type MappingDesk } from './mapping-desk.js';
import { currentText, saveVersion } from './versions.js';

/** How the tests of a mapping ended. */
export interface TestReport {
  /** Faults of the test file itself: such a test did not run. */
  readonly diagnostics: readonly Diagnostic[];
  readonly results: readonly TestResult[];
  readonly passed: number;
  readonly failed: number;
}

/** Runs the tests of a channel's mapping on a text, or on what is published. Throws `mapping_has_errors`. */
export async function testMapping(desk: MappingDesk, text: string | null): Promise<TestReport> {
  const { text: tests } = await currentText(desk.database, desk.home.tests, desk.clock.now());
  if (tests === null) return { diagnostics: [], results: [], passed: 0, failed: 0 };
  const { file, diagnostics } = readTestFile(desk.home.tests.name, tests);
  const mapping = mappingFor(desk, file, text);
  const results = runTests(file.tests, mapping, dayOf(desk, file));
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  return { diagnostics, results, passed: results.length - failed, failed };
}

/** Failed tests as texts, faults of the test file among them: what keeps a draft from being published. */
export async function failingTests(desk: MappingDesk, text: string): Promise<readonly string[]> {
  const { diagnostics, results } = await testMapping(desk, text);
  const faults = diagnostics.filter(({ severity }) => severity === 'error').map((one) => showDiagnostic(one));
  return [...faults, ...results.filter(({ differences }) => differences.length > 0).map(failureText)];
}

/** The mapping as the test file wants it: with its channel facts in place of the channel's own. */
function mappingFor(desk: MappingDesk, file: TestFile, text: string | null): CompiledMapping {
  const place = { ...desk.place, channel: { ...desk.place.channel, ...file.channel } };
  return compileText({ ...desk, place }, text);
}

function dayOf(desk: MappingDesk, file: TestFile): string {
  const zone = file.channel.zone ?? desk.place.channel.zone;
  const today = startOfDay(desk.clock.now(), zone);
  return file.today ?? today;
}

/** Who changes the tests. */
export interface TestEditor {
  readonly by: string;
  /** The mapping to take values from; null: what is published. */
  readonly text: string | null;
}

/**
 * Keeps what the mapping makes of a live variant as a test of its own. Answers its name. Throws `unknown_sku`, `mapping_has_errors`,
 * `test_exists`.
 */
export async function recordTest(
  desk: MappingDesk,
  sku: string,
  editor: TestEditor & { readonly name?: string },
): Promise<string> {
  const { database, home, clock } = desk;
  const now = clock.now();
  const { text, number } = await currentText(database, home.tests, now);
  const name = editor.name ?? `${sku} stays as it is`;
  const file = text === null ? null : readTestFile(home.tests.name, text).file;
  if (file?.tests.some((test) => test.name === name))
    throw new OperatorError('test_exists', `There is a test "${name}" already`, 'Give it another name.');
  const mapping = compileText(desk, editor.text);
  const kit = await desk.kit(mapping);
  const row = await knownRow(database, sku);
  const [seen] = await listingRows(database, kit, [row]);
  const listed = seen ?? kit.rowOf(row);
  const outcome = mapping.run(listed, startOfDay(now, desk.place.channel.zone));
  const next = withRecorded(text, { name, row: listed, outcome }, home.mapping.name.split('/').at(-1) ?? '');
  await saveVersion(database, home.tests, {
    text: next,
    author: editor.by,
    comment: `keep ${sku} as a test`,
    at: now,
    expected: number,
  });
  return name;
}

/** Takes over what the mapping gives now as what a test expects of one attribute. Throws `nothing_to_accept`. */
export async function acceptValue(
  desk: MappingDesk,
  accept: { readonly test: string; readonly name: string },
  editor: TestEditor,
): Promise<void> {
  const { database, home, clock } = desk;
  const now = clock.now();
  const { text, number } = await currentText(database, home.tests, now);
  const file = text === null ? null : readTestFile(home.tests.name, text).file;
  const mapping = file === null ? null : mappingFor(desk, file, editor.text);
  const next =
    text === null || file === null || mapping === null
      ? null
      : withAccepted(text, accept, { mapping, today: dayOf(desk, file) });
  if (next === null)
    throw new OperatorError(
      'nothing_to_accept',
      `The test "${accept.test}" expects no "${accept.name}" that could be replaced`,
      'Edit the test file by hand.',
    );
  await saveVersion(database, home.tests, {
    text: next,
    author: editor.by,
    comment: `accept ${accept.name} of "${accept.test}"`,
    at: now,
    expected: number,
  });
}
