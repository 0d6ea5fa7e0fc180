import type { App } from '../app.js';
import type { ImportResult } from '../catalog/import.js';
import { importFrom } from '../catalog/import-from.js';
import { importErrors } from '../catalog/import-run.js';
import type { RowError } from '../catalog/readers/reader.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import type { Stage } from './stage.js';
import { chosen, withApp } from './with-app.js';

const SHOWN = 20;

interface Options {
  readonly force?: string;
}

/** `omnifeed import`: sources into the catalog. */
export const addImport: AddCommand = (program, on) => {
  program
    .command('import [sources...]')
    .description('import sources into the catalog (all of them without names)')
    .option('--force <checksum>', 'let a held import through that has this checksum')
    .addHelpText(
      'after',
      '\nA file that is not complete changes nothing; rows with mistakes are listed and the others are imported.',
    )
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const results: { source: string; result: ImportResult; complaints: readonly RowError[] }[] = [];
          for (const source of chosen(args, app.config.sources, app.source)) {
            const result = await importOne(app, stage, { id: source.id, force: options.force });
            results.push({
              source: source.id,
              result,
              complaints: await importErrors(app.database, result.importId, { from: 0, limit: SHOWN }),
            });
          }
          for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
          stage.show(
            results.map(({ source, result, complaints }) => ({
              source,
              ...result,
              complaints,
            })) as unknown as JsonValue,
            () => results.map((item) => resultText(item.source, item.result, item.complaints)).join('\n'),
          );
          return results.some(({ result }) => result.state === 'held') ? 1 : 0;
        }),
      ),
    );
};

function importOne(
  app: App,
  stage: Stage,
  order: { readonly id: string; readonly force: string | undefined },
): Promise<ImportResult> {
  return importFrom(app, {
    source: app.source(order.id),
    actor: 'operator',
    signal: stage.signal,
    progress: ({ variants }) =>
      stage.progress.update(`${order.id}: ${variants.toLocaleString('en')} variants read`),
    ...(order.force === undefined ? {} : { force: order.force }),
  });
}

function resultText(source: string, result: ImportResult, complaints: readonly RowError[]): string {
  const { rows, products, variants, format, encoding, encodingCertain } = result;
  const lines = [
    `${source}: ${rows} rows of ${format} (${encoding}${encodingCertain ? '' : ', inferred'}) → ${products} products, ${variants} variants`,
    result.state === 'merged'
      ? `  ${result.created} created, ${result.changed} changed, ${result.unchanged} unchanged, ${result.ended} ended; ${result.rejectedRows} rows rejected`
      : `  HELD, nothing changed: ${(result.heldBecause ?? []).map((reason) => reason.message).join('; ')}`,
  ];
  if (result.checksum !== undefined)
    lines.push(`  to let it through: omnifeed import ${source} --force ${result.checksum}`);
  for (const { line, column, key, severity, reason } of complaints) {
    lines.push(
      `  line ${line}${column === undefined ? '' : `, ${column}`}${key === undefined ? '' : ` (${key})`}: ${severity}: ${reason}`,
    );
  }
  const more = result.errors + result.warnings - complaints.length;
  if (more > 0) lines.push(`  … and ${more} more complaints`);
  return lines.join('\n');
}
