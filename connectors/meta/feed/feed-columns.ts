import type { JsonObject } from '../../../src/domain/json.js';
import type { MetaRow } from '../attributes/row.js';

/** Formats Meta reads that this connector writes (Feed API guide, verified 2026-11-23). */
export const FEED_FORMATS = ['csv', 'tsv', 'xml'] as const;

/** One of the formats. */
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** What a document holds: columns of its own (`id`, `override`) and attributes of the table. */
export interface FeedColumns {
  readonly own: readonly string[];
  readonly attributes: readonly MetaRow[];
}

/** Turns items into the text of one format. */
export interface FeedEncoder {
  readonly head: string;
  readonly tail: string;
  /** One item with its line end. `own`: the values of the own columns, in their order. */
  item(own: readonly string[], attributes: JsonObject): string;
}
