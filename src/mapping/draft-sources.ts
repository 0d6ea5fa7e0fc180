import type { MappingSources } from './sources.js';

/** Texts that stand in for files: a draft, or what the console published and no file holds. */
export interface StoredTexts {
  /** Mappings by the name the channel or an `extends` gives them. */
  readonly mappings?: ReadonlyMap<string, StoredMapping>;
  /** Lookup tables by name. */
  readonly lookups?: ReadonlyMap<string, string>;
}

/** A mapping that is no file, or not yet. */
export interface StoredMapping {
  /** As shown in messages. */
  readonly file: string;
  readonly text: string;
}

/** Sources in which some texts take the place of what the others would read. */
export function withTexts(base: MappingSources, texts: StoredTexts): MappingSources {
  return {
    readMapping: (name, connector) => texts.mappings?.get(name) ?? base.readMapping(name, connector),
    readLookup: (name) => texts.lookups?.get(name) ?? base.readLookup(name),
    lookupNames: () => [...new Set([...(base.lookupNames?.() ?? []), ...(texts.lookups?.keys() ?? [])])],
  };
}
