import type { AttributeCensus } from '../catalog/attribute-census.js';
import type { ListingConnector } from '../channel/listing-connector.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { withTexts } from '../mapping/draft-sources.js';
import type { KeptMappings } from '../mapping/kept-mappings.js';
import { folderSources, type MappingPlace, readMapping } from '../mapping/open-mapping.js';
import { showDiagnostic } from '../mapping/show-diagnostic.js';
import type { MappingSources } from '../mapping/sources.js';
import type { CompiledMapping, Diagnostic } from '../mapping/types.js';
import type { ListingKit } from '../sync/desired.js';
import type { GuardLimits } from '../sync/guard.js';
import type { MappingHome } from './mapping-home.js';
import { publishedTexts } from './stored-texts.js';

/** What a text is as a channel's mapping. */
export interface CheckedText {
  readonly mapping: CompiledMapping | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything needed to work on the mapping of one channel. */
export interface MappingDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly home: MappingHome;
  readonly connector: ListingConnector;
  /** Where the channel's mapping is read from. */
  readonly place: MappingPlace;
  /** Mappings loaded not long ago. */
  readonly kept: KeptMappings;
  /** How much may change without a person. */
  readonly guard: GuardLimits;
  /** Reads what the catalog knows of free attributes, for the check of names. */
  census(): Promise<AttributeCensus>;
  /** All that works listings out with a mapping. */
  kit(mapping: CompiledMapping): Promise<ListingKit>;
}

/** Where a channel's mapping is read from, published texts of the console included. */
export async function publishedPlace(
  database: Database,
  home: MappingHome,
  place: MappingPlace,
): Promise<MappingPlace> {
  const texts = await publishedTexts(database, home);
  const [name] = texts.mappings.keys();
  return {
    ...place,
    channel: name === undefined ? place.channel : { ...place.channel, mapping: name },
    sources: withTexts(folderSources(place), texts),
  };
}

/** A text as the channel's mapping, with everything that can be said about it. `lookups`: tables to use in place of the stored ones. */
export async function checkText(
  desk: MappingDesk,
  text: string,
  lookups: ReadonlyMap<string, string> = new Map(),
): Promise<CheckedText> {
  const census = await desk.census();
  const known = census.attributes.size + census.options.size > 0;
  const { mapping, diagnostics } = readMapping({
    ...textPlace(desk, text, lookups),
    catalog: known ? census : undefined,
    offerAttributes: desk.connector.offerAttributes,
  });
  return { mapping, diagnostics };
}

/** A text compiled as the channel's mapping, just as it would run. Throws `mapping_has_errors` with all of them. */
export function compileText(
  desk: MappingDesk,
  text: string | null,
  lookups: ReadonlyMap<string, string> = new Map(),
): CompiledMapping {
  const place = text === null ? { ...desk.place } : textPlace(desk, text, lookups);
  const { mapping, diagnostics } = desk.kept.read(place);
  if (mapping !== null) return mapping;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  throw new OperatorError(
    'mapping_has_errors',
    `The mapping has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:\n${errors.map((error) => showDiagnostic(error)).join('\n')}`,
    'Correct them; what is published stays as it is.',
  );
}

function textPlace(desk: MappingDesk, text: string, lookups: ReadonlyMap<string, string>): MappingPlace {
  const { place, home } = desk;
  const file = home.mapping.file ?? home.mapping.name;
  const base: MappingSources = place.sources ?? folderSources(place);
  return {
    ...place,
    channel: { ...place.channel, mapping: file },
    sources: withTexts(base, {
      mappings: new Map([[file, { file: home.mapping.name, text }]]),
      lookups,
    }),
  };
}

/** The text a draft begins with where nothing is published yet: the connector's own mapping, to be changed by name. */
export function emptyMapping(connector: string): string {
  return `connector: ${connector}\nextends: default\n`;
}
