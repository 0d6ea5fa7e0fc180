import { Readable } from 'node:stream';
import { LIMITS } from '../../mapping/limits.js';
import { readTestFile } from '../../mapping/test-file.js';
import { csvLines } from '../../reports/csv-lines.js';
import { attributeFills } from '../../workbench/attribute-fill.js';
import { withFixes } from '../../workbench/fixes.js';
import { impact } from '../../workbench/impact.js';
import { impactRows } from '../../workbench/impact-rows.js';
import { checkText, type MappingDesk } from '../../workbench/mapping-desk.js';
import { acceptValue, recordTest, testMapping } from '../../workbench/mapping-tests.js';
import { previewText } from '../../workbench/preview.js';
import { draftPair, publishHolds } from '../../workbench/publish.js';
import { currentText, saveVersion } from '../../workbench/versions.js';
import { authorOf, expectedOf, saving } from '../mapping-calls.js';
import { event, file, nothing, route, stream } from '../route.js';
import { described, integer, list, nullable, object, optional, text } from '../shape.js';
import {
  attributeFills as attributeFillsShape,
  checkedMapping,
  diagnostic,
  impactCounts,
  impactProgress,
  impactReport,
  preview,
  testReport,
} from '../shapes/mappings.js';

const params = object({ channel: text(100) });
const draftText = text(LIMITS.fileCharacters);
const limits = { bodyBytes: 1_048_576 };
/** A text to try, or what is published. */
const maybeText = described(optional(draftText), 'Absent: what is published.');
/** Counts are told this often while an impact runs. */
const COUNTS_EVERY_MS = 1_000;
const PROGRESS_EVERY_MS = 100;

/** Trying a text out: check, preview, impact, tests. Nothing here changes what is published. */
export const mappingWorkRoutes = [
  route({
    method: 'POST',
    path: '/mappings/:channel/check',
    permission: 'mappings:read',
    summary: 'Checks a text as the channel’s mapping: every finding with its range and corrections.',
    params,
    body: object({ text: draftText }),
    limits,
    repeatable: true,
    answer: checkedMapping,
    async handle({ app, params, body }) {
      const desk = await app.mappingDesk(params.channel);
      const { mapping, diagnostics } = await checkText(desk, body.text);
      const own = diagnostics.filter(
        ({ file, severity }) => severity === 'error' || file === desk.home.mapping.name,
      );
      return { loads: mapping !== null, diagnostics: own.map((found) => withFixes(found, body.text)) };
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/preview',
    permission: 'mappings:read',
    summary: 'Shows what a text makes of one SKU, beside what is published.',
    params,
    body: object({ sku: text(200), text: draftText }),
    limits,
    repeatable: true,
    answer: preview,
    async handle({ app, params, body }) {
      return previewText(await app.mappingDesk(params.channel), body.sku, body.text);
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/impact',
    permission: 'mappings:read',
    summary: 'Compares a text with what is published over the whole catalog, as a stream.',
    params,
    body: object({ text: draftText }),
    limits,
    repeatable: true,
    answer: stream({ progress: impactProgress, counts: impactCounts, report: impactReport }),
    async *handle({ app, params, body, signal }) {
      const desk = await app.mappingDesk(params.channel);
      yield* impactEvents(desk, body.text, signal);
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/impact/download',
    permission: 'mappings:read',
    summary:
      'Answers every listing a text changes as CSV, one line for each attribute, safe for spreadsheets.',
    params,
    body: object({ text: draftText }),
    limits,
    repeatable: true,
    answer: file('text/csv'),
    async handle({ app, params, body, signal }) {
      const desk = await app.mappingDesk(params.channel);
      const pair = await draftPair(desk, body.text);
      const lines = csvLines(impactRows(desk.database, pair, { clock: desk.clock, signal }));
      return {
        type: 'text/csv; charset=utf-8',
        body: Readable.from(lines),
        saveAs: `impact-${params.channel}.csv`,
        cache: null,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/attributes',
    permission: 'mappings:read',
    summary:
      'Tells how each attribute is filled over a sample of the catalog, by a text or by what is published.',
    params,
    body: object({ text: maybeText }),
    limits,
    repeatable: true,
    answer: attributeFillsShape,
    async handle({ app, params, body, signal }) {
      return attributeFills(await app.mappingDesk(params.channel), body.text ?? null, signal);
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/tests/run',
    permission: 'mappings:read',
    summary: 'Runs the tests of the mapping on a text, or on what is published.',
    params,
    body: object({ text: maybeText }),
    limits,
    repeatable: true,
    answer: testReport,
    async handle({ app, params, body }) {
      return testMapping(await app.mappingDesk(params.channel), body.text ?? null);
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/tests',
    permission: 'mappings:read',
    summary: 'Answers the test file of the mapping.',
    params,
    answer: object({ text: nullable(text()), version: integer(), diagnostics: list(diagnostic) }),
    async handle({ app, params, now, setHeader }) {
      const { database, home } = await app.mappingDesk(params.channel);
      const { text: tests, number } = await currentText(database, home.tests, now);
      setHeader('etag', `"${number}"`);
      const { diagnostics } = readTestFile(home.tests.name, tests ?? 'tests: []\n');
      return { text: tests, version: number, diagnostics };
    },
  }),
  route({
    method: 'PUT',
    path: '/mappings/:channel/tests',
    permission: 'mappings:write',
    summary: 'Saves the test file; `If-Match` names the version it began from.',
    params,
    body: object({ text: text(LIMITS.fileCharacters), comment: optional(text(2_000)) }),
    limits,
    answer: object({ version: integer() }),
    async handle({ app, params, body, headers, caller, now, note }) {
      const { database, home } = await app.mappingDesk(params.channel);
      const version = await saving(() =>
        saveVersion(database, home.tests, {
          text: body.text,
          author: authorOf(caller),
          comment: body.comment ?? 'tests edited',
          at: now,
          expected: expectedOf(headers),
        }),
      );
      note({ object: `tests of mapping ${params.channel}`, after: { version } });
      return { version };
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/tests/record',
    permission: 'mappings:write',
    summary: 'Keeps what a text, or the published mapping, makes of a SKU as a test.',
    params,
    body: object({ sku: text(200), name: optional(text(200)), text: maybeText }),
    limits,
    answer: object({ name: text() }),
    async handle({ app, params, body, caller, note }) {
      const desk = await app.mappingDesk(params.channel);
      const editor = { by: authorOf(caller), text: body.text ?? null };
      const named = body.name === undefined ? {} : { name: body.name };
      const name = await saving(() => recordTest(desk, body.sku, { ...editor, ...named }));
      note({ object: `tests of mapping ${params.channel}`, after: { test: name } });
      return { name };
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/tests/accept',
    permission: 'mappings:write',
    summary: 'Takes over the value the mapping gives now as what a test expects.',
    params,
    body: object({ test: text(200), name: text(200), text: maybeText }),
    limits,
    answer: nothing,
    async handle({ app, params, body, caller, note }) {
      const desk = await app.mappingDesk(params.channel);
      const editor = { by: authorOf(caller), text: body.text ?? null };
      await saving(() => acceptValue(desk, body, editor));
      note({ object: `tests of mapping ${params.channel}`, after: { accepted: body.name, test: body.test } });
      return undefined;
    },
  }),
];

/** Progress ten times a second, counts once a second, the report at the end. */
async function* impactEvents(desk: MappingDesk, draft: string, signal: AbortSignal) {
  const { clock } = desk;
  const steps = impact(desk.database, await draftPair(desk, draft), { clock, signal });
  let told = Number.NEGATIVE_INFINITY;
  let counted = clock.monotonicMs();
  for (;;) {
    const step = await steps.next();
    if (step.done) {
      yield event('report', { ...step.value, holds: publishHolds(step.value, desk.guard) });
      return;
    }
    const now = clock.monotonicMs();
    const { counts, ...progress } = step.value;
    if (now - told >= PROGRESS_EVERY_MS) {
      told = now;
      yield event('progress', progress);
    }
    if (now - counted >= COUNTS_EVERY_MS) {
      counted = now;
      yield event('counts', counts());
    }
  }
}
