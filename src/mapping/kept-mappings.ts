import { sameJson } from '../domain/json.js';
import { folderSources, type MappingPlace, readMapping } from './open-mapping.js';
import { readRates } from './rates.js';
import type { MappingSnapshot } from './snapshot.js';
import { ratesText } from './sources.js';
import type { CompiledMapping, Diagnostic } from './types.js';

/** What is published, the draft, and a few texts between. */
const MOST = 4;

/**
 * Mappings that were loaded not long ago. Compiling takes tens of milliseconds, its traced form as long again; an editor asks with every
 * few letters. A kept one is used only while every text it was made of, the channel's facts, parameters and rates are still the same.
 */
export class KeptMappings {
  private readonly kept = new Map<string, readonly CompiledMapping[]>();

  /** The mapping of a place, kept or loaded; only those that load without errors are kept. Told about a kept one: nothing. */
  read(place: MappingPlace): {
    readonly mapping: CompiledMapping | null;
    readonly diagnostics: readonly Diagnostic[];
  } {
    const { id } = place.channel;
    const known = this.kept.get(id) ?? [];
    const same = known.find(({ snapshot }) => snapshotHolds(snapshot, place));
    const read = same === undefined ? readMapping(place) : { mapping: same, diagnostics: [] };
    const { mapping } = read;
    if (mapping !== null)
      this.kept.set(id, [mapping, ...known.filter((each) => each !== mapping)].slice(0, MOST));
    return read;
  }
}

/** Whether loading the mapping of a place would read just what a snapshot was made of. */
function snapshotHolds(snapshot: MappingSnapshot, place: MappingPlace): boolean {
  const { channel } = place;
  const sources = place.sources ?? folderSources(place);
  const { id, connector, country, language, currency, zone } = channel;
  return (
    snapshot.file === (channel.mapping ?? null) &&
    sameJson({ ...snapshot.channel }, { id, connector, country, language, currency, zone }) &&
    sameJson(snapshot.params, channel.params) &&
    snapshot.catalogLanguage === (place.settings?.language || null) &&
    snapshot.layers.every(({ asked, text }) => sources.readMapping(asked, connector)?.text === text) &&
    Object.entries(snapshot.lookups).every(([name, csv]) => sources.readLookup(name) === csv) &&
    (snapshot.rates?.id ?? null) === ratesId(place.settings?.rates ?? null)
  );
}

function ratesId(file: string | null): string | null {
  return file === null ? null : readRates(file, ratesText(file)).id;
}
