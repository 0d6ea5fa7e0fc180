import { lists } from '../channel/listing-connector.js';
import type { JsonValue } from '../domain/json.js';
import { failureText } from '../mapping/run-tests.js';
import { showDiagnostic } from '../mapping/show-diagnostic.js';
import { acceptValue, recordTest, type TestReport, testMapping } from '../workbench/mapping-tests.js';
import type { AddCommand } from './command.js';
import { draftText } from './mapping-drafts.js';
import { chosen, withApp } from './with-app.js';

interface Options {
  readonly draft?: boolean;
  readonly record?: string;
  readonly accept?: readonly string[];
}

/** `omnifeed mapping test`: what mappings must make of goods that are written down. */
export const addMappingTests: AddCommand = (mapping, on) => {
  mapping
    .command('test [channels...]')
    .description('run the tests of mappings (google.test.yaml beside google.yaml); exit code 1: one fails')
    .option('--draft', 'of the draft instead of what is published')
    .option('--record <sku>', 'keep what the mapping makes of this SKU as a test')
    .option('--accept <test attribute...>', 'take over the value it gives now for an attribute of a test')
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const listing = app.config.channels.filter(({ connector }) => lists(app.connectors.get(connector)));
          const reports: { channel: string; report: TestReport }[] = [];
          for (const { id } of chosen(args, listing, app.channel)) {
            const desk = await app.mappingDesk(id);
            const text = options.draft ? await draftText(desk, undefined) : null;
            const editor = { by: 'operator', text };
            if (options.record !== undefined) await recordTest(desk, options.record, editor);
            const [test, name] = options.accept ?? [];
            if (test !== undefined && name !== undefined) await acceptValue(desk, { test, name }, editor);
            reports.push({ channel: id, report: await testMapping(desk, text) });
          }
          stage.show(reports as unknown as JsonValue, () => reports.map(reportText).join('\n'));
          return reports.every(({ report }) => isGood(report)) ? 0 : 1;
        }),
      ),
    );
};

function isGood({ failed, diagnostics }: TestReport): boolean {
  return failed === 0 && diagnostics.every(({ severity }) => severity !== 'error');
}

function reportText({ channel, report }: { readonly channel: string; readonly report: TestReport }): string {
  const { diagnostics, results, passed, failed } = report;
  const head =
    results.length === 0 && diagnostics.length === 0 ? 'no tests' : `${passed} passed, ${failed} failed`;
  return [
    `${channel}: ${head}`,
    ...diagnostics.map((diagnostic) => showDiagnostic(diagnostic)),
    ...results.filter(({ differences }) => differences.length > 0).map(failureText),
  ].join('\n');
}
