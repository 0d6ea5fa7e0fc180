import { importErrors } from '../catalog/import-errors.js';
import { pastImports } from '../catalog/import-run.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { complaintLine } from './show-import.js';
import { countOf, withApp } from './with-app.js';

const LIMIT = 1_000;
const LARGEST = 100_000;

interface Options {
  readonly limit?: string;
  readonly from?: string;
  readonly errors?: boolean;
}

/** `omnifeed complaints`: what the latest import of a source had to say about its rows, whoever started it. */
export const addComplaints: AddCommand = (command, on) => {
  command
    .option('--errors', 'only what lost a row')
    .option('--limit <count>', `at most so many (${LIMIT})`)
    .option('--from <number>', 'from the complaint with this number on')
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const source = app.source(args[0] ?? '').id;
          const [latest] = await pastImports<{ readonly sameAs?: string }>(app.database, source, 1);
          if (latest === undefined) throw neverImported(source);
          const complaints = await importErrors(app.database, latest.facts.sameAs ?? latest.id, {
            from: countOf(options.from, 0),
            limit: Math.min(countOf(options.limit, LIMIT), LARGEST),
            ...(options.errors === true ? { severity: 'error' } : {}),
          });
          const { id, state, startedAt, error } = latest;
          const head = `${source}: import ${id} of ${startedAt}, ${state}${error === null ? '' : `: ${error}`}`;
          stage.show(
            { source, importId: id, state, startedAt, error, complaints } as unknown as JsonValue,
            () => [head, ...complaints.map(complaintLine)].join('\n'),
          );
          return 0;
        }),
      ),
    );
};

function neverImported(source: string): OperatorError {
  return new OperatorError(
    'never_imported',
    `The source "${source}" was never imported`,
    `Run \`omnifeed import ${source}\` first.`,
  );
}
