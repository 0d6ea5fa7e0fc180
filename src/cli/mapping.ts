import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { knownConnectors } from '../app.js';
import { type AttributeCensus, attributeCensus } from '../catalog/attribute-census.js';
import { lists } from '../channel/listing-connector.js';
import type { ConnectorRegistry } from '../channel/registry.js';
import { systemClock } from '../clock.js';
import type { CatalogConfig, ChannelConfig, Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { packageRoot } from '../config/package-root.js';
import { connectDatabase } from '../db/connect.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { listsNothing } from '../listing-desks.js';
import { SUPPOSED } from '../mapping/check.js';
import { inOrder } from '../mapping/diagnostics.js';
import { readMapping } from '../mapping/open-mapping.js';
import { SAMPLED } from '../mapping/sample.js';
import { showDiagnostic } from '../mapping/show-diagnostic.js';
import type { Diagnostic } from '../mapping/types.js';
import { shareOf } from '../stock/shares.js';
import { buildListingKit } from '../sync/listing-kit.js';
import { isTooSlow } from '../sync/measure-mapping.js';
import { type CatalogSample, sampleMapping } from '../sync/sample-mapping.js';
import type { AddCommand } from './command.js';
import { addMappingDrafts } from './mapping-drafts.js';
import { addMappingTests } from './mapping-tests.js';
import { sampleLines } from './show-sample.js';
import { chosen, countOf } from './with-app.js';

const SAMPLE = 10_000;

/** `omnifeed mapping check`: everything that can be known about mappings without running them, and what they do with the catalog. */
export const addMapping: AddCommand = (mapping, on) => {
  addMappingDrafts(mapping, on);
  addMappingTests(mapping, on);
  mapping
    .command('check [channels...]')
    .description(
      'check the mappings of channels (all of them without names): every error with file, line, column and correction, and what they do with the catalog',
    )
    .option('--sample <variants>', `variants of the catalog to try it on; 0: none (default ${SAMPLE})`)
    .action(
      on<{ sample?: string }>(async (stage, { args, options }) => {
        const connectors = knownConnectors();
        const config = await loadConfig(options.config, connectors, stage.environment);
        const find = (id: string): ChannelConfig =>
          config.channels.find((channel) => channel.id === id) ?? unknown(id, config.channels);
        const listing = config.channels.filter(({ connector }) => lists(connectors.get(connector)));
        const channels = chosen(args, listing, find);
        const checked = await withCatalog(config, async (catalog) => {
          const { folder, catalog: settings } = config;
          const { channels: all } = config;
          const place = { channels: all, connectors, folder, settings, catalog, signal: stage.signal };
          const found: Checked[] = [];
          for (const channel of channels)
            found.push(await check(channel, { ...place, variants: countOf(options.sample, SAMPLE) }));
          return found;
        });
        stage.show(
          checked.map(({ channel, diagnostics, sample }) => ({
            channel: channel.id,
            diagnostics,
            sample,
          })) as unknown as JsonValue,
          () => checked.map(resultText).join('\n'),
        );
        return checked.some(isRefused) ? 2 : 0;
      }),
    );
};

/** A catalog that was never made is no mistake: then only what needs no data is checked. */
async function withCatalog<Result>(
  config: Config,
  work: (catalog: Catalog | null) => Promise<Result>,
): Promise<Result> {
  const remote = /^postgres/.test(config.database);
  if (!remote && !existsSync(config.database)) return work(null);
  const database = await connectDatabase(config.database);
  try {
    return await work({ database, census: await attributeCensus(database) });
  } finally {
    await database.close();
  }
}

function isRefused({ diagnostics, sample }: Checked): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') || isTooSlow(sample?.cost ?? null);
}

function unknown(id: string, channels: readonly ChannelConfig[]): never {
  throw new OperatorError(
    'unknown_channel',
    `There is no channel "${id}"`,
    `Use one of: ${channels.map((channel) => channel.id).join(', ')}.`,
  );
}

interface CheckPlace {
  readonly channels: readonly ChannelConfig[];
  readonly connectors: ConnectorRegistry;
  readonly folder: string;
  readonly settings: CatalogConfig;
  readonly catalog: Catalog | null;
  readonly signal: AbortSignal;
  /** Variants of the catalog to look at. */
  readonly variants: number;
}

/** The catalog, when there is one already. */
interface Catalog {
  readonly database: Database;
  readonly census: AttributeCensus;
}

/** What was found out about the mapping of one channel. */
interface Checked {
  readonly channel: ChannelConfig;
  readonly diagnostics: readonly Diagnostic[];
  /** Null: errors, an empty catalog, or nobody wanted to look. */
  readonly sample: CatalogSample | null;
}

async function check(channel: ChannelConfig, from: CheckPlace): Promise<Checked> {
  const connector = from.connectors.get(channel.connector);
  if (!lists(connector)) throw listsNothing(channel, connector.title);
  const schema = connector.shape ? undefined : await connector.listingSchema(channel.settings, null);
  const census = from.catalog?.census;
  const { mapping, diagnostics } = readMapping({
    packageRoot: packageRoot(),
    folder: from.folder,
    settings: from.settings,
    channel,
    schema,
    offerAttributes: connector.offerAttributes,
    catalog: census === undefined || census.attributes.size + census.options.size === 0 ? undefined : census,
  });
  const loaded = withoutNoise(diagnostics, channel);
  if (mapping === null || from.catalog === null || from.variants === 0)
    return { channel, diagnostics: loaded, sample: null };
  const share = shareOf(from.channels, channel);
  const kit = await buildListingKit({ connector, settings: channel.settings, channel, mapping, share });
  const { signal, variants } = from;
  const sample = await sampleMapping(from.catalog.database, kit, { clock: systemClock, variants, signal });
  if (sample === null) return { channel, diagnostics: loaded, sample };
  // What was supposed without data, the sample knows.
  const certain = loaded.filter((diagnostic) => !SUPPOSED.has(diagnostic.code));
  const found = withoutNoise(sample.findings, channel);
  return { channel, diagnostics: inOrder([...certain, ...found]), sample };
}

/** Codes of warnings that depend on the shop. */
const DEPENDS_ON_SHOP: ReadonlySet<string> = new Set([...SUPPOSED, ...SAMPLED, 'unknown_attribute']);

/** Our defaults fit many shops: what they mention and this shop lacks would be noise, and is not the merchant's to correct. */
function withoutNoise(diagnostics: readonly Diagnostic[], channel: ChannelConfig): readonly Diagnostic[] {
  const isDefault = ({ file }: Diagnostic): boolean =>
    file === `mappings/${channel.connector}.yaml` &&
    !(channel.mapping !== undefined && existsSync(path.resolve(path.dirname(channel.mapping), file)));
  return diagnostics.filter((diagnostic) => !DEPENDS_ON_SHOP.has(diagnostic.code) || !isDefault(diagnostic));
}

function resultText({ channel, diagnostics, sample }: Checked): string {
  const name = channel.mapping ?? `the default mapping of ${channel.connector}`;
  const head = diagnostics.length === 0 ? `${channel.id}: ${name} is in order` : `${channel.id}: ${name}`;
  return [
    head,
    ...diagnostics.map((diagnostic) => showDiagnostic(diagnostic, sourceLine(diagnostic, channel))),
    ...(sample === null ? [] : sampleLines(sample, '  ')),
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
