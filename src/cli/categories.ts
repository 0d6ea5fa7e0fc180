import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../app.js';
import { compareEditions } from '../categories/editions.js';
import { readTaxonomy, TAXONOMY_BYTES, type Taxonomy } from '../categories/taxonomy.js';
import type { ChannelConfig } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { fileSources } from '../mapping/sources.js';
import { adviseOnTable } from '../workbench/category-report.js';
import { replaceFile } from '../workbench/replace-file.js';
import type { AddCommand } from './command.js';
import { type CategoryReport, showCategories } from './show-categories.js';
import { withApp } from './with-app.js';

interface Options {
  readonly taxonomy: string;
  readonly previous?: string;
  readonly table: string;
  readonly write?: string;
  readonly minScore: string;
}

/** `omnifeed categories`: which category of the channel each of the merchant's own belongs to, as far as names tell. */
export const addCategories: AddCommand = (command, on) => {
  command
    .requiredOption('--taxonomy <file>', 'the channel’s taxonomy with ids (taxonomy-with-ids.en-US.txt)')
    .option('--previous <file>', 'an earlier edition: show what changed since')
    .option('--table <name>', 'lookup table of the mapping', 'google-category')
    .option('--write <file>', 'write the table with suggestions added, such as lookups/google-category.csv')
    .option('--min-score <n>', 'suggestions from this score on are taken, 0 to 1', '0.7')
    .addHelpText(
      'after',
      '\nLess certain suggestions are written behind a "#" for a person to decide. Exit code 1: products are left without a category.',
    )
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [id = ''] = args;
          stage.progress.update(`${id}: comparing names`);
          const report = await reportOn(app, app.channel(id), options);
          stage.show(report as unknown as JsonValue, () => showCategories(report));
          return report.coverage.afterwards < report.coverage.products ? 1 : 0;
        }),
      ),
    );
};

async function reportOn(app: App, channel: ChannelConfig, options: Options): Promise<CategoryReport> {
  const taxonomy = await taxonomyIn(options.taxonomy);
  const previous = options.previous === undefined ? null : await taxonomyIn(options.previous);
  const { mapping, extended } = await adviseOnTable(app.database, {
    taxonomy,
    table: options.table,
    text: await currentTable(app, channel, options),
    minScore: scoreOf(options.minScore),
  });
  if (options.write !== undefined) replaceFile(options.write, extended.text);
  return {
    channel: channel.id,
    ...mapping,
    change: previous === null ? null : compareEditions(previous, taxonomy),
    written:
      options.write === undefined
        ? null
        : { file: options.write, added: extended.added, proposed: extended.proposed },
  };
}

/** The table that will be written over if it is there already, so that no edit is lost; else the one the mapping uses. */
async function currentTable(app: App, channel: ChannelConfig, options: Options): Promise<string | null> {
  const directory = channel.mapping === undefined ? app.config.folder : path.dirname(channel.mapping);
  const own = options.write !== undefined && existsSync(options.write);
  return own
    ? readFile(options.write ?? '', 'utf8')
    : fileSources({ packageRoot: packageRoot(), directory }).readLookup(options.table);
}

async function taxonomyIn(file: string): Promise<Taxonomy> {
  const size = await stat(file).then(
    (found) => found.size,
    (cause: unknown) => {
      throw new OperatorError(
        'taxonomy_not_found',
        `The taxonomy file ${file} cannot be read`,
        'Give the path of a file you downloaded from the channel.',
        cause,
      );
    },
  );
  if (size > TAXONOMY_BYTES) {
    throw new OperatorError(
      'taxonomy_too_large',
      `${file} has ${size} bytes; a taxonomy has less than ${TAXONOMY_BYTES}`,
      'Give the text file with ids, not an archive or a workbook.',
    );
  }
  return readTaxonomy(await readFile(file, 'utf8'));
}

function scoreOf(text: string): number {
  const score = Number(text);
  if (score >= 0 && score <= 1) return score;
  throw new OperatorError(
    'score_not_possible',
    `--min-score ${text} is not from 0 to 1`,
    'Give 0.7, for example.',
  );
}
