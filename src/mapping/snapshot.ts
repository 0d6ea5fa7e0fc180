import type { ChannelFacts } from '../domain/channel-facts.js';
import type { JsonObject } from '../domain/json.js';
import type { RateTable } from './functions/definition.js';
import type { MappingSources } from './sources.js';

/** Everything a mapping was made of, so that it can be loaded again when its files have moved on. */
export interface MappingSnapshot {
  /** What the channel asked for; null: the connector's own. */
  readonly file: string | null;
  /** Files of the chain, the base first. */
  readonly layers: readonly SnapshotLayer[];
  /** Lookup tables that were used, CSV by name. */
  readonly lookups: Readonly<Record<string, string>>;
  readonly channel: ChannelFacts;
  readonly params: JsonObject;
  readonly rates: RateTable | null;
  readonly catalogLanguage: string | null;
}

/** One file of a chain. */
export interface SnapshotLayer {
  /** By which name it was asked for: the channel's, or an `extends`. */
  readonly asked: string;
  readonly file: string;
  readonly text: string;
}

/** What `loadMapping` is asked for to load the mapping of a snapshot again. */
export function snapshotRequest(snapshot: MappingSnapshot) {
  const { file, channel, params, rates, catalogLanguage } = snapshot;
  return {
    file,
    connector: channel.connector,
    channel,
    params,
    rates,
    ...(catalogLanguage === null ? {} : { catalogLanguage }),
    sources: snapshotSources(snapshot),
  };
}

function snapshotSources({ layers, lookups }: MappingSnapshot): MappingSources {
  return {
    readMapping: (name) => layers.find(({ asked }) => asked === name) ?? null,
    readLookup: (name) => (Object.hasOwn(lookups, name) ? (lookups[name] ?? null) : null),
    lookupNames: () => Object.keys(lookups),
  };
}
