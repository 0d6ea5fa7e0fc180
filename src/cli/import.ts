import type { App } from '../app.js';
import { importErrors } from '../catalog/import-errors.js';
import { importFrom } from '../catalog/import-from.js';
import type { ImportResult } from '../catalog/import-result.js';
import type { RowError } from '../catalog/readers/reader.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { describeFailure, exitCodeOf, STOPPED } from './failure.js';
import { showImport } from './show-import.js';
import type { ExitCode, Stage } from './stage.js';
import { chosen, withApp } from './with-app.js';

const SHOWN = 3;
const KINDS = 50;

const HELP = `
A file that is not complete changes nothing. Rows with mistakes are left out, listed and counted, and the others are imported:
that ends with 0 (with --strict: 1). A source that fails does not keep the next one from being imported.

Exit codes: 0 imported, 1 a source is held or was interrupted (with --strict also: rows were rejected),
2 a source cannot be read or a setting is wrong, 70 a defect.`;

interface Options {
  readonly force?: string;
  readonly strict?: boolean;
}

/** What became of one source. */
type Outcome = { readonly source: string } & (
  | { readonly result: ImportResult; readonly complaints: readonly RowError[] }
  | { readonly error: JsonObject; readonly line: string; readonly code: ExitCode }
);

/** `omnifeed import`: sources into the catalog. */
export const addImport: AddCommand = (command, on) => {
  command
    .option('--force <checksum>', 'let a held import through that has this checksum')
    .option('--strict', 'end with 1 when a row was rejected')
    .addHelpText('after', HELP)
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const sources = chosen(args, app.config.sources, app.source);
          if (sources.length === 0) throw noSources(app.config.file);
          const outcomes: Outcome[] = [];
          for (const { id } of sources) outcomes.push(await outcomeOf(app, stage, { id, ...options }));
          if (outcomes.some((outcome) => 'result' in outcome))
            for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
          stage.show(outcomes.map(facts) as JsonValue, () => outcomes.map(text).join('\n'));
          return Math.max(...outcomes.map((outcome) => codeOf(outcome, options))) as ExitCode;
        }),
      ),
    );
};

function noSources(file: string): OperatorError {
  return new OperatorError(
    'no_sources',
    `${file} names no source, so there is nothing to import`,
    'Add one under `sources`: a name, `path` or `url`, and the `currency`. `omnifeed init` writes a file that shows how.',
  );
}

async function outcomeOf(app: App, stage: Stage, order: { readonly id: string } & Options): Promise<Outcome> {
  const source = order.id;
  if (stage.signal.aborted) return stopped(source);
  try {
    const result = await importOne(app, stage, order);
    return { source, result, complaints: await firstComplaints(app, result) };
  } catch (error) {
    if (stage.signal.aborted && error === stage.signal.reason) return stopped(source);
    const { line, facts } = describeFailure(error);
    return { source, error: facts, line: line ?? String(error), code: exitCodeOf(error) };
  }
}

function stopped(source: string): Outcome {
  return { source, error: STOPPED, line: `${source}: interrupted, nothing changed`, code: 1 };
}

function importOne(
  app: App,
  stage: Stage,
  { id, force }: { readonly id: string } & Options,
): Promise<ImportResult> {
  return importFrom(app, {
    source: app.source(id),
    actor: 'operator',
    whole: true,
    signal: stage.signal,
    progress: ({ variants }) =>
      stage.progress.update(`${id}: ${variants.toLocaleString('en')} variants read`),
    ...(force === undefined ? {} : { force }),
  });
}

/** A few of every kind: thousands of one must not hide the others. What lost a row comes first. */
async function firstComplaints(app: App, result: ImportResult): Promise<RowError[]> {
  const found: RowError[] = [];
  const { importId, sameAs, complaintsByCode } = result;
  for (const code of Object.keys(complaintsByCode).slice(0, KINDS))
    found.push(...(await importErrors(app.database, sameAs ?? importId, { from: 0, limit: SHOWN, code })));
  return found.sort((a, b) => rank(a) - rank(b) || a.line - b.line);
}

function rank({ severity }: RowError): number {
  return severity === 'error' ? 0 : 1;
}

function facts(outcome: Outcome): JsonValue {
  const { source } = outcome;
  if ('error' in outcome) return { source, error: outcome.error };
  return { source, ...outcome.result, complaints: outcome.complaints } as unknown as JsonValue;
}

function text(outcome: Outcome): string {
  const { source } = outcome;
  return 'error' in outcome
    ? `${source}: ${outcome.line}`
    : showImport(source, outcome.result, outcome.complaints);
}

function codeOf(outcome: Outcome, { strict }: Options): ExitCode {
  if ('error' in outcome) return outcome.code;
  if (outcome.result.state === 'held') return 1;
  return strict === true && outcome.result.rejectedRows > 0 ? 1 : 0;
}
