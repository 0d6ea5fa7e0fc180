import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import type { Product, VariantContent, VariantOffer } from '../domain/product.js';
import type { ChannelStock } from '../domain/stock.js';
import type { MappingSnapshot } from './snapshot.js';

/** A variant as expressions see it: content and offer in one flat record. */
export interface VariantRow extends VariantContent, VariantOffer {
  /** Our id of the variant, stable when the SKU changes. */
  readonly id: string;
  readonly sku: string;
  /** Place among the product's variants, from 1. */
  readonly position: number;
}

/** What one run of a mapping looks at. Rows of one product share the `product` object: work on it is done once. */
export interface MappingRow {
  readonly product: Product;
  readonly variant: VariantRow;
  readonly stock: ChannelStock;
  /**
   * Units of all variants of the product that the channel may sell: `product.available`. Absent: nobody counts any of them, or the
   * mapping does not read it.
   */
  readonly productAvailable?: number;
}

/** What a person fixed by hand for one product or variant on one channel; applied after the rules. */
export interface ListingOverride {
  /** Attribute values in the mapping's short form; null takes an attribute out. */
  readonly attributes?: JsonObject;
  /** Reason to keep the variant off the channel. */
  readonly exclude?: string;
}

/** Bad data met on the way: that one value became nothing, the row went on. */
export interface Note {
  readonly attribute: string | null;
  readonly file: string;
  readonly line: number;
  /** Sentence with the concrete value: `"XS" is not a number`. */
  readonly message: string;
  /** The same sentence with values left out, for counting: `"…" is not a number`. */
  readonly pattern: string;
  /** Set when a lookup table lacks a key: such notes are counted per table and key, whoever asked. */
  readonly miss?: LookupMiss;
}

/** A key that a lookup table does not have. */
export interface LookupMiss {
  readonly table: string;
  /** As the table compares keys: trimmed, lower case. */
  readonly key: string;
}

/** What a mapping made of a row. */
export type MappingOutcome =
  | { readonly kind: 'listing'; readonly attributes: JsonObject; readonly notes: readonly Note[] }
  | { readonly kind: 'excluded'; readonly reason: string; readonly notes: readonly Note[] }
  | { readonly kind: 'too-expensive'; readonly notes: readonly Note[] };

/** Parts of a catalog row. A write says which it changed; a mapping says which it reads. */
export type RowGroup = 'product' | 'content' | 'attributes' | 'price' | 'stock';

/** A mapping merged from its layers and compiled for one channel. */
export interface CompiledMapping {
  readonly channel: ChannelFacts;
  /** Changes when source, parameters, lookup tables, rates or the function table change. */
  readonly revision: string;
  /** What it was made of, to load it again when its files have moved on. */
  readonly snapshot: MappingSnapshot;
  /** Reads `today`: must be recomputed when the channel's calendar day changes. */
  readonly readsToday: boolean;
  /** Reads `product.available`: a change of one variant's stock changes listings of its siblings. */
  readonly readsSiblings: boolean;
  /** Groups read by the selection, any attribute or rule. */
  readonly reads: ReadonlySet<RowGroup>;
  /** Channel attribute → groups its value depends on. */
  readonly readsOf: ReadonlyMap<string, ReadonlySet<RowGroup>>;
  /** `today` is the start of the channel's calendar day. */
  run(row: MappingRow, today: Instant, override?: ListingOverride): MappingOutcome;
}

/** A finding of the loader or checker, with its place. The same data for CLI, API and console. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly hint?: string;
  /** Where in the document: `attributes.title`, `rules[2].when`. */
  readonly path: string;
}
