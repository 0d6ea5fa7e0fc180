import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { knownConnectors } from '../app.js';
import { type AttributeType, attributeCensus } from '../catalog/attribute-census.js';
import type { ConnectorRegistry } from '../channel/registry.js';
import type { ChannelConfig, Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { packageRoot } from '../config/package-root.js';
import { connectDatabase } from '../db/connect.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { readMapping } from '../mapping/open-mapping.js';
import { showDiagnostic } from '../mapping/show-diagnostic.js';
import type { Diagnostic } from '../mapping/types.js';
import type { AddCommand } from './command.js';
import { chosen } from './with-app.js';

/** `omnifeed mapping check`: everything that can be known about mappings without running them. */
export const addMapping: AddCommand = (program, on) => {
  const mapping = program.command('mapping').description('work with mappings');
  mapping
    .command('check [channels...]')
    .description(
      'check the mappings of channels (all of them without names): every error with file, line, column and correction',
    )
    .action(
      on(async (stage, { args, options }) => {
        const connectors = knownConnectors();
        const config = await loadConfig(options.config, connectors, stage.environment);
        const catalogAttributes = await knownAttributes(config);
        const find = (id: string): ChannelConfig =>
          config.channels.find((channel) => channel.id === id) ?? unknown(id, config.channels);
        const checked = await Promise.all(
          chosen(args, config.channels, find).map(async (channel) => ({
            channel,
            diagnostics: await diagnose(channel, { connectors, folder: config.folder, catalogAttributes }),
          })),
        );
        const errors = checked
          .flatMap(({ diagnostics }) => diagnostics)
          .filter((diagnostic) => diagnostic.severity === 'error').length;
        stage.show(
          checked.map(({ channel, diagnostics }) => ({
            channel: channel.id,
            diagnostics,
          })) as unknown as JsonValue,
          () => checked.map(({ channel, diagnostics }) => resultText(channel, diagnostics)).join('\n'),
        );
        return errors > 0 ? 2 : 0;
      }),
    );
};

function unknown(id: string, channels: readonly ChannelConfig[]): never {
  throw new OperatorError(
    'unknown_channel',
    `There is no channel "${id}"`,
    `Use one of: ${channels.map((channel) => channel.id).join(', ')}.`,
  );
}

interface CheckPlace {
  readonly connectors: ConnectorRegistry;
  readonly folder: string;
  readonly catalogAttributes: ReadonlyMap<string, AttributeType> | undefined;
}

/** Our defaults mention attributes that many shops do not have; a warning about them would be noise. */
async function diagnose(channel: ChannelConfig, from: CheckPlace): Promise<readonly Diagnostic[]> {
  const connector = from.connectors.get(channel.connector);
  const schema = connector.shape ? undefined : await connector.listingSchema(channel.settings, null);
  const { folder, catalogAttributes } = from;
  const { diagnostics } = readMapping({
    packageRoot: packageRoot(),
    folder,
    channel,
    schema,
    catalogAttributes,
  });
  const own = (diagnostic: Diagnostic): boolean =>
    channel.mapping !== undefined && path.basename(diagnostic.file) === path.basename(channel.mapping);
  return diagnostics.filter((diagnostic) => diagnostic.code !== 'unknown_attribute' || own(diagnostic));
}

/** What the catalog knows, when there is one already. */
async function knownAttributes(config: Config): Promise<ReadonlyMap<string, AttributeType> | undefined> {
  const remote = /^postgres/.test(config.database);
  if (!remote && !existsSync(config.database)) return undefined;
  const database = await connectDatabase(config.database);
  try {
    const census = await attributeCensus(database);
    return census.size === 0 ? undefined : census;
  } finally {
    await database.close();
  }
}

function resultText(channel: ChannelConfig, diagnostics: readonly Diagnostic[]): string {
  const name = channel.mapping ?? `the default mapping of ${channel.connector}`;
  if (diagnostics.length === 0) return `${channel.id}: ${name} is in order`;
  return [
    `${channel.id}: ${name}`,
    ...diagnostics.map((diagnostic) => showDiagnostic(diagnostic, sourceLine(diagnostic, channel))),
  ].join('\n');
}

/** The line a finding is about, when its file is at hand. */
function sourceLine(diagnostic: Diagnostic, channel: ChannelConfig): string | undefined {
  const folders = [
    channel.mapping === undefined ? '' : path.dirname(channel.mapping),
    path.join(packageRoot(), 'mappings'),
  ];
  const file = folders
    .map((folder) => path.resolve(folder, diagnostic.file))
    .find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : readFileSync(file, 'utf8').split(/\r?\n/)[diagnostic.line - 1];
}
