import path from 'node:path';
import type { ChannelFacts } from '../domain/channel-facts.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import { type LoadRequest, loadMapping } from './load.js';
import { readRates } from './rates.js';
import { showDiagnostic } from './show-diagnostic.js';
import { fileSources, type MappingSources, ratesText } from './sources.js';
import type { CompiledMapping, Diagnostic } from './types.js';

/** Which mapping a channel uses and where its files are. */
export interface MappingPlace {
  readonly packageRoot: string;
  /** The merchant's folder: lookup tables are searched here too. */
  readonly folder: string;
  readonly channel: ChannelFacts & { readonly mapping?: string; readonly params: JsonObject };
  /** Schema to check names and written-out values against. */
  readonly schema: JsonObject | undefined;
  /** What the catalog knows of free attributes and options, to find names nobody has; absent: not looked at. */
  readonly catalog?:
    | {
        readonly attributes: NonNullable<LoadRequest['catalogAttributes']>;
        readonly options: NonNullable<LoadRequest['catalogOptions']>;
      }
    | undefined;
  /** Language of the products' own texts, and the file with exchange rates. */
  readonly settings?: { readonly language: string | null; readonly rates: string | null };
  /** Attributes the channel takes without the rest, to find content that reads stock; absent: not looked at. */
  readonly offerAttributes?: readonly string[];
  /** Where texts come from; absent: from the two folders. */
  readonly sources?: MappingSources;
}

/** Loads the mapping of a channel with everything found out about it; no mapping when there are errors. */
export function readMapping(place: MappingPlace): {
  readonly mapping: CompiledMapping | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { channel } = place;
  return loadMapping({
    file: channel.mapping ?? null,
    connector: channel.connector,
    channel: factsOf(channel),
    params: channel.params,
    sources: place.sources ?? folderSources(place),
    ...(place.settings?.language ? { catalogLanguage: place.settings.language } : {}),
    ...(place.settings?.rates
      ? { rates: readRates(place.settings.rates, ratesText(place.settings.rates)) }
      : {}),
    ...(place.offerAttributes === undefined ? {} : { offerAttributes: place.offerAttributes }),
    ...(place.schema === undefined ? {} : { schema: place.schema }),
    ...(place.catalog === undefined
      ? {}
      : { catalogAttributes: place.catalog.attributes, catalogOptions: place.catalog.options }),
  });
}

/** The folders a channel's mapping and lookup tables are read from. */
export function folderSources({
  packageRoot,
  folder,
  channel,
}: Pick<MappingPlace, 'packageRoot' | 'folder'> & {
  readonly channel: Pick<MappingPlace['channel'], 'mapping'>;
}): MappingSources {
  const directory = channel.mapping === undefined ? folder : path.dirname(channel.mapping);
  return fileSources({ packageRoot, directory });
}

/** The mapping of a channel, ready to run. Throws `mapping_has_errors` with all of them. */
export function openMapping(place: MappingPlace): CompiledMapping {
  const { mapping, diagnostics } = readMapping(place);
  if (mapping) return mapping;
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  throw new OperatorError(
    'mapping_has_errors',
    `The mapping of channel "${place.channel.id}" has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:\n${errors.map((error) => showDiagnostic(error)).join('\n')}`,
    'Correct the mapping; `omnifeed mapping check` shows the same list.',
  );
}

/** Only facts: settings and parameters of the channel must not reach expressions. */
function factsOf(channel: ChannelFacts): ChannelFacts {
  const { id, connector, country, language, currency, zone } = channel;
  return { id, connector, country, language, currency, zone };
}
